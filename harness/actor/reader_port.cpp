#include "harness/actor/reader_port.hpp"

namespace tongka::harness {

std::string_view name(PortOutcome outcome) {
    constexpr std::string_view names[] = {"ok", "busy", "no-card", "was-reset", "wrong-protocol", "timeout", "lost"};
    return names[static_cast<std::size_t>(outcome)];
}

} // namespace tongka::harness
