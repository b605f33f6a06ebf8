// Put in front of ggml's CPU sources by the build: its barriers spin until all threads have come. Here a thread that
// has spun for some microseconds offers its core to others, such as the thread that it waits for.
#pragma once

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>
#define HEED_YIELD() SwitchToThread()
#else
#include <sched.h>
#define HEED_YIELD() sched_yield()
#endif

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#define HEED_PAUSE() _mm_pause()
#elif defined(__aarch64__) && !defined(_MSC_VER)
#define HEED_PAUSE() __asm__ volatile("yield" ::: "memory")
#else
#define HEED_PAUSE() ((void)0)
#endif

#if defined(__cplusplus)
static thread_local unsigned heed_waited;
#elif defined(_MSC_VER)
static __declspec(thread) unsigned heed_waited;
#else
static _Thread_local unsigned heed_waited;
#endif

static inline void heed_patient_wait(void) {
  HEED_PAUSE();
  if (++heed_waited % 256 == 0) HEED_YIELD();
}

// A call becomes heed_patient_wait(); ggml's own definition, which has `void` between its brackets, becomes a function
// that nobody calls.
#define ggml_thread_cpu_relax(...) heed_patient_wait##__VA_ARGS__()
