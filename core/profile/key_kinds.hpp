#pragma once

#include <string_view>

namespace tongka::core {

/// Kinds of keys that a purse uses (standards.md 6): purchase, load, TAC, unload, overdraft limit, application
/// maintenance, card master, card maintenance, PIN unblock, PIN reload.
inline constexpr std::string_view key_kinds[] = {"DPK",  "DLK",  "DTK",  "DULK", "DUK",
                                                 "DAMK", "DCCK", "DCMK", "DPUK", "DRPK"};

} // namespace tongka::core
