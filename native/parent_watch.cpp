#include "parent_watch.h"

#include <unistd.h>
#include <csignal>

#ifdef __linux__
#include <sys/prctl.h>
#else
#include <sys/event.h>

#include <thread>
#endif

namespace heed {

void endWithParent(pid_t parent) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#else
  std::thread([parent] {
    const int queue = kqueue();
    struct kevent change, event;
    EV_SET(&change, parent, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, nullptr);
    // Fails at once when there is no such process any more, and otherwise returns when it ends.
    kevent(queue, &change, 1, &event, 1, nullptr);
    kill(getpid(), SIGKILL);
  }).detach();
#endif
  // It may have ended before it was watched.
  if (getppid() != parent) kill(getpid(), SIGKILL);
}

}  // namespace heed
