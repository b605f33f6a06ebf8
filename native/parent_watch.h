// A process that ends as soon as the one that started it does.
#pragma once

#include <sys/types.h>

namespace heed {

/**
 * Lets the kernel end this process, without a farewell, when its parent ends: whatever this process is doing then, such
 * as a handler that computes for ever. The channel to the parent is no help there, since JavaScript reads it.
 */
void endWithParent(pid_t parent);

}  // namespace heed
