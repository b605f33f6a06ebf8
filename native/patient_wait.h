// Put in front of ggml's CPU sources by the build: its barriers spin until all threads have come. Here a thread that
// has spun for some microseconds offers its core to others, such as the thread that it waits for.
#pragma once

#include <sched.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define HEED_PAUSE() _mm_pause()
#elif defined(__aarch64__)
#define HEED_PAUSE() __asm__ volatile("yield" ::: "memory")
#else
#define HEED_PAUSE() ((void)0)
#endif

#if defined(__cplusplus)
static thread_local unsigned heed_waited __attribute__((unused));
#else
static _Thread_local unsigned heed_waited __attribute__((unused));
#endif

static inline void heed_patient_wait(void) {
  HEED_PAUSE();
  if (++heed_waited % 256 == 0) sched_yield();
}

// A call becomes heed_patient_wait(); ggml's own definition, which has `void` between its brackets, becomes a function
// that nobody calls. CMakeLists.txt sees to it that ggml has both.
#define ggml_thread_cpu_relax(...) heed_patient_wait##__VA_ARGS__(__VA_ARGS__)
