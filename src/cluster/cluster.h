// What all queries of a coordinator share. Thread-safe.
#pragma once

#include "cluster/admission.h"
#include "cluster/journal.h"
#include "cluster/members.h"
#include "cluster/task_table.h"
#include "worker/worker.h"

namespace pyrite::cluster {

struct Cluster {
  worker::Worker& coordinator;
  Members& members;
  Admission& admission;
  Journal& journal;
  Speculation speculation;
};

}  // namespace pyrite::cluster
