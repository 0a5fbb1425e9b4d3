#include "exchange/ticket.h"

#include <charconv>

#include "base/errors.h"
#include "exchange/node.h"

namespace pyrite::exchange {

std::string TicketText(const TaskId& id, Partitions partitions) {
  return ToString(id) + ":" + std::to_string(partitions.from) + "-" + std::to_string(partitions.to);
}

Ticket ParseTicket(const std::string& text) {
  size_t colon = text.rfind(':');
  if (colon == std::string::npos) throw errors::Internal("'" + text + "' is no ticket.");
  Ticket ticket{ParseTaskId(text.substr(0, colon)), {}};
  const char* end = text.data() + text.size();
  auto from = std::from_chars(text.data() + colon + 1, end, ticket.partitions.from);
  bool has_to = from.ec == std::errc() && from.ptr != end && *from.ptr == '-';
  auto to = has_to ? std::from_chars(from.ptr + 1, end, ticket.partitions.to) : from;
  if (!has_to || to.ec != std::errc() || to.ptr != end) {
    throw errors::Internal("'" + text + "' is no ticket.");
  }
  return ticket;
}

}  // namespace pyrite::exchange
