#include "pool.h"

#include <future>
#include <new>
#include <stdexcept>

#include "harness.h"

using heed::Job;
using heed::ReadResult;
using heed::ReadStatus;

namespace {

struct Ending {
  ReadStatus status;
  std::string error;
};

/** A reader that calls a function of the test. */
class FakeReader : public heed::Reader {
 public:
  using Read = std::function<ReadStatus(const std::atomic<bool> & abort, std::string & error)>;
  explicit FakeReader(Read read) : read_(std::move(read)) {}
  ReadStatus read(const heed::ReadRequest &, const std::atomic<bool> & abort, ReadResult &,
                  std::string & error) override {
    return read_(abort, error);
  }

 private:
  Read read_;
};

std::unique_ptr<heed::Pool> poolOf(FakeReader::Read read, size_t maxQueue = 10) {
  std::vector<std::unique_ptr<heed::Reader>> readers;
  readers.push_back(std::make_unique<FakeReader>(std::move(read)));
  return std::make_unique<heed::Pool>(std::move(readers), maxQueue);
}

struct Submitted {
  std::shared_ptr<Job> job;
  std::future<Ending> ending;
  bool isTaken;
};

Submitted submit(heed::Pool & pool, int priority = 0) {
  auto promise = std::make_shared<std::promise<Ending>>();
  auto job = std::make_shared<Job>();
  job->priority = priority;
  job->done = [promise](ReadStatus status, ReadResult &&, std::string && error, double) {
    promise->set_value({status, std::move(error)});
  };
  std::future<Ending> ending = promise->get_future();
  const bool isTaken = pool.submit(job);
  return {job, std::move(ending), isTaken};
}

}  // namespace

TEST("what a reader throws becomes the error of its reading, and the next reading works") {
  int calls = 0;
  const auto pool = poolOf([&](const std::atomic<bool> &, std::string &) -> ReadStatus {
    switch (calls++) {
      case 0:
        throw std::bad_alloc();
      case 1:
        throw std::runtime_error("a layer is missing");
      case 2:
        throw 7;
      default:
        return ReadStatus::ok;
    }
  });
  for (const char * wanted : {"out of memory", "a layer is missing", "unknown error"}) {
    const Ending ending = submit(*pool).ending.get();
    EXPECT(ending.status == ReadStatus::failed);
    EXPECT_EQUAL(ending.error, wanted);
  }
  EXPECT(submit(*pool).ending.get().status == ReadStatus::ok);
}

TEST("a closing pool aborts readings that run and readings that wait, and a full queue takes no more") {
  std::promise<void> started;
  const auto pool = poolOf(
      [&](const std::atomic<bool> & abort, std::string &) {
        started.set_value();
        while (!abort.load()) std::this_thread::yield();
        return ReadStatus::aborted;
      },
      1);
  Submitted running = submit(*pool);
  started.get_future().get();
  Submitted waiting = submit(*pool);
  EXPECT(waiting.isTaken);
  EXPECT(!submit(*pool).isTaken);
  size_t waits = 0, runs = 0;
  pool->load(waits, runs);
  EXPECT_EQUAL(waits, 1u);
  EXPECT_EQUAL(runs, 1u);
  pool->close();
  EXPECT(running.ending.get().status == ReadStatus::aborted);
  EXPECT(waiting.ending.get().status == ReadStatus::aborted);
  EXPECT(!submit(*pool).isTaken);
}

TEST("of the waiting readings, the most urgent is read first") {
  std::vector<int> order;
  std::promise<void> started, mayGoOn;
  std::shared_future<void> goOn = mayGoOn.get_future().share();
  bool isFirst = true;
  const auto pool = poolOf([&](const std::atomic<bool> &, std::string &) {
    if (isFirst) {
      isFirst = false;
      started.set_value();
      goOn.wait();
    }
    return ReadStatus::ok;
  });
  const Submitted first = submit(*pool);
  started.get_future().get();
  std::vector<std::future<void>> ends;
  for (const int priority : {2, 0, 1, 0}) {
    auto job = std::make_shared<Job>();
    job->priority = priority;
    auto end = std::make_shared<std::promise<void>>();
    ends.push_back(end->get_future());
    job->done = [&order, priority, end](ReadStatus, ReadResult &&, std::string &&, double) {
      order.push_back(priority);
      end->set_value();
    };
    EXPECT(pool->submit(job));
  }
  mayGoOn.set_value();
  for (auto & end : ends) end.get();
  EXPECT(order == std::vector<int>({0, 0, 1, 2}));
}
