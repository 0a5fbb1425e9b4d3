#include "base/condition_tables.h"

namespace pyrite {
namespace {

constexpr char kInvalidPlan[] = "org.apache.spark.sql.connect.common.InvalidPlanInput";
constexpr char kSpark[] = "org.apache.spark.SparkException";
constexpr char kUnsupported[] = "org.apache.spark.SparkUnsupportedOperationException";

constexpr Condition kConditions[] = {
    {"UNSUPPORTED_FEATURE.PYRITE", "0A000", kUnsupported, "Pyrite does not support <feature> yet."},
    {"SERVER_CANNOT_LISTEN.PYRITE", "08000", kSpark,
     "The address <address> is taken, or not this machine's. Choose another with --port."},
    {"SERVER_NEEDS_TOKEN.PYRITE", "08000", kSpark,
     "Without a token the server listens on this machine only, and <host> is not its loopback "
     "address. Set one with --token."},
    {"SERVER_FILE.PYRITE", "58030", kSpark, "The file <path> cannot be read: <reason>."},
    {"MEMORY_LIMIT.PYRITE", "22023", kSpark,
     "The memory limit <value> is not understood. Give a number and a unit, as 4GB or 512MiB."},
    {"SPILL_DIRECTORY.PYRITE", "58030", kSpark,
     "Nothing can be written to the spill directory <path>. Choose another with --spill-dir."},
    {"THREADS.PYRITE", "22023", kSpark,
     "Queries cannot run on <value> threads. Give a number from 1 to 1024, or 0 for all cores."},
    {"WORKER_LOST.PYRITE", "58000", kSpark, "The worker <worker> is lost: <reason>."},
    {"WORKER_DRAINING.PYRITE", "58000", kSpark,
     "The worker <worker> ends, and takes no more tasks."},
    {"WORKER_REFUSES.PYRITE", "28000", kSpark,
     "The worker <worker> refuses this node. All nodes of a cluster bear the same token."},
    {"TASK_OUTPUT_MISSING.PYRITE", "58000", kSpark, "The task output <output> is not there."},
    {"TASK_OUTPUT_DAMAGED.PYRITE", "58030", kSpark,
     "The file of the task output <output> does not hold what was written to it."},
    {"STREAMING_CHECKPOINT.PYRITE", "58030", kSpark,
     "The checkpoint file <path> is not to be understood. Choose another checkpointLocation, or "
     "remove it to start over."},
    {"STREAMING_CHECKPOINT.SOURCES_PYRITE", "42KDE", kSpark,
     "The checkpoint <path> is of a query with <before> sources, and this one has <now>."},
    {"STREAMING_QUERY_NOT_FOUND.PYRITE", "42KDE", kSpark,
     "There is no streaming query with the id <id> and the run <runId> in this session."},
    {"PYTHON_WORKER.PYRITE", "58000", kSpark,
     "The server cannot run functions of Python: <reason>."},
    {"CLUSTER_BUILD_MISMATCH.PYRITE", "58000", kSpark,
     "The worker is Pyrite <worker>, the coordinator <coordinator>: install the same on all "
     "nodes."},
    {"CLUSTER_UNREACHABLE.PYRITE", "58000", kSpark,
     "None of the workers answers: <workers>. Start them, or allow queries to run without, with "
     "--cluster-fallback run."},
    {"CLUSTER_BUSY.PYRITE", "58000", kSpark,
     "The cluster runs <running> queries, and the turn of this one has not come in <seconds> "
     "seconds. Try again, or allow more with --cluster-queries or --cluster-queue-seconds."},
    {"CLUSTER_ADDRESS.PYRITE", "22023", kSpark,
     "No workers can be found at '<value>'. A cluster is one of local[4], ray, ray://auto, "
     "flight://host:port,host:port, flight+file://path and flight+dns://name:port."},
    {"CLUSTER_CUT.PYRITE", "22023", kSpark,
     "The query cannot be cut as the program says. Its <what>: <reason>."},
    {"QUERY_LOG.PYRITE", "58030", kSpark,
     "Nothing can be written to the log <path>: <reason>. Choose another with --query-log."},
    {"CONNECT_INVALID_PLAN.PYRITE", "56K00", kInvalidPlan,
     "The client's plan is malformed. <message>"},
};

}  // namespace

std::span<const Condition> OwnConditions() { return kConditions; }

}  // namespace pyrite
