// The build puts this in front of ggml's CPU sources. ggml's threads wait for each other by spinning and never give up
// their core. With this, a thread that has spun for some microseconds offers its core to others, such as the very
// thread that it waits for.
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

// This macro turns calls of ggml's function into calls of heed_patient_wait(). ggml's own definition, which has `void`
// between its brackets, becomes a function that nobody calls. CMakeLists.txt checks that ggml has both.
#define ggml_thread_cpu_relax(...) heed_patient_wait##__VA_ARGS__(__VA_ARGS__)
