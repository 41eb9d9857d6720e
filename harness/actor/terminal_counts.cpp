#include "harness/actor/terminal_counts.hpp"

#include <algorithm>

namespace tongka::harness {
namespace {

constexpr std::size_t header = 4;

} // namespace

void TerminalCounts::count_card(core::BytesView command) {
    if (command.size() < header)
        return;
    pins += command[0] == 0x00 && command[1] == 0x20 ? 1 : 0;
    if (command[0] != 0x80)
        return;
    debits += command[1] == 0x52 || command[1] == 0x54 ? 1 : 0;
    begun += command[1] == 0x50 ? 1 : 0;
    staged += command[1] == 0xDC ? 1 : 0;
    proofs += command[1] == 0x5A ? 1 : 0;
}

void TerminalCounts::count_psam(core::BytesView command) {
    if (command.size() < header || command[0] != 0x80)
        return;
    macs += command[1] == 0x70 ? 1 : 0;
    codes += command[1] == 0xCA ? 1 : 0;
    shown += command[1] == 0x72 ? 1 : 0;
}

void TerminalCounts::tell(Values& results) const {
    results.set_number("debits", debits).set_number("begun", begun).set_number("macs", macs);
    results.set_number("staged", staged).set_number("pins", pins);
    results.set_number("codes", codes).set_number("shown", shown).set_number("proofs", proofs);
}

bool is_terminal_count(std::string_view result) {
    Values counted;
    TerminalCounts{}.tell(counted);
    return std::ranges::any_of(counted.items(), [&](const auto& item) { return item.first == result; });
}

} // namespace tongka::harness
