#include "connect/plan/convert_internal.h"

namespace pyrite::connect {
namespace {

using Frame = proto::Expression::Window::WindowFrame;

spec::FrameBound ToBound(const Frame::FrameBoundary& message, spec::FrameBound::Kind unbounded) {
  spec::FrameBound bound;
  switch (message.boundary_case()) {
    case Frame::FrameBoundary::kCurrentRow: return bound;
    case Frame::FrameBoundary::kUnbounded: bound.kind = unbounded; return bound;
    case Frame::FrameBoundary::kValue:
      bound.kind = spec::FrameBound::Kind::kValue;
      bound.value = ToSpec(message.value());
      return bound;
    case Frame::FrameBoundary::BOUNDARY_NOT_SET: break;
  }
  RaiseInvalidOneof(message);
}

}  // namespace

ExpressionNode ToNode(const proto::Expression::Window& message) {
  if (!message.has_window_function()) RaiseInvalidPlan("WINDOW_FUNCTION_REQUIRED");
  spec::WindowExpression window;
  window.function = ToSpec(message.window_function());
  window.window.partition_by = ToSpec(message.partition_spec());
  window.window.order_by = ToSpec(message.order_spec());
  if (!message.has_frame_spec()) return window;
  const Frame& frame = message.frame_spec();
  spec::WindowFrame out;
  switch (frame.frame_type()) {
    case Frame::FRAME_TYPE_ROW: out.type = spec::FrameType::kRows; break;
    case Frame::FRAME_TYPE_RANGE: out.type = spec::FrameType::kRange; break;
    default: RaiseInvalidEnum(frame, "frame_type");
  }
  if (!frame.has_lower()) RaiseInvalidPlan("LOWER_BOUND_REQUIRED_IN_WINDOW_FRAME");
  if (!frame.has_upper()) RaiseInvalidPlan("UPPER_BOUND_REQUIRED_IN_WINDOW_FRAME");
  out.lower = ToBound(frame.lower(), spec::FrameBound::Kind::kUnboundedPreceding);
  out.upper = ToBound(frame.upper(), spec::FrameBound::Kind::kUnboundedFollowing);
  window.window.frame = std::move(out);
  return window;
}

}  // namespace pyrite::connect
