#include "core_watch.h"

#include "harness.h"

TEST("a moment in which something else ran does not take the other threads away") {
  heed::CoreWatch cores;
  cores.add(50'000, 30'000);
  EXPECT(cores.threads(4) == 4);
  cores.add(30'000, 29'000);
  cores.add(50'000, 30'000);
  EXPECT(cores.threads(4) == 4);
}

TEST("a program that goes on needing the cores gets them") {
  heed::CoreWatch cores;
  cores.add(50'000, 30'000);
  cores.add(25'000, 15'000);
  EXPECT(cores.threads(4) == 1);
  EXPECT(cores.threads(1) == 1);
}

TEST("short works count together") {
  heed::CoreWatch cores;
  for (int i = 0; i < 9; i++) cores.add(4'000, 2'000);
  EXPECT(cores.threads(4) == 4);
  cores.add(4'000, 2'000);
  EXPECT(cores.threads(4) == 1);
}
