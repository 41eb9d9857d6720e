#include "cli/lab/control_line.hpp"

using namespace tongka::cli;

/// A line is refused or means something: a slot where the verb takes one, a cut at a tear alone.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto line = parse_control_line(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!line)
        return 0;
    bool has_slot = line->verb != ControlLine::Verb::list;
    if (has_slot == line->slot.empty() || (line->cut && line->verb != ControlLine::Verb::tear))
        __builtin_trap();
    return 0;
}
