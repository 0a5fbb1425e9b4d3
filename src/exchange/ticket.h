// What a ticket asks for (TicketText of node.h makes it): "query-7/2/0/0:1-2".
#pragma once

#include <string>

#include "exchange/output_store.h"

namespace pyrite::exchange {

struct Ticket {
  TaskId id;
  Partitions partitions;
};

// Raises INTERNAL_ERROR for any other text.
Ticket ParseTicket(const std::string& text);

}  // namespace pyrite::exchange
