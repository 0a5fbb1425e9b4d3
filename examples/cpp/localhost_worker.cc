// A worker of this machine, which runs tasks for whoever asks at its port, until its input ends.
//
//   localhost_worker 31000
//   localhost_worker 31001 --cluster-ports 31000,31001
//
// Any node also coordinates: with --cluster-ports, each line of the input is a statement, which
// this process has run by the workers at those ports.
#include <cstring>
#include <iostream>

#include "base/error.h"
#include "localhost.h"
#include "worker/worker.h"

namespace {

int Usage() {
  std::cerr << "usage: localhost_worker PORT [--cluster-ports PORT,PORT...]\n";
  return 2;
}

void Coordinate(const localhost::Ports& ports) {
  auto session = localhost::Connect(pyrite::engine::OpenDatabase({}), {ports, {.tasks = 0}});
  for (std::string line; std::getline(std::cin, line);) {
    try {
      std::cout << localhost::Show(*session, line) << std::flush;
    } catch (const pyrite::SparkError& error) {
      std::cout << error.message() << std::endl;
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  bool coordinates = count == 4 && std::strcmp(arguments[2], "--cluster-ports") == 0;
  if (count != 2 && !coordinates) return Usage();
  try {
    // One thread, so one task at a time; a memory limit, beyond which it spills.
    auto database = pyrite::engine::OpenDatabase({.threads = 1, .memory_limit = "1GB"});
    auto worker = pyrite::worker::Worker::Start(
        {.host = "127.0.0.1", .port = std::stoi(arguments[1])}, database);
    std::cout << "Worker at " << worker->address() << std::endl;
    if (coordinates) Coordinate(localhost::ParsePorts(arguments[3]));
    for (std::string line; std::getline(std::cin, line);) {
    }
    worker->Stop();
  } catch (const pyrite::SparkError& error) {
    std::cerr << error.message() << "\n";
    return 1;
  }
  return 0;
}
