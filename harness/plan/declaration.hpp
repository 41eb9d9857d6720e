#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "harness/language/condition.hpp"

namespace tongka::harness {

/// What is declared of the devices before a run (ICS), with the values that cases need of them (IXIT).
struct Declaration {
    Claims claims;
    std::map<std::string, core::Bytes, std::less<>> values; ///< `ixit.NAME` of the case language
    /// How many wrong tries of each kind (`pin`, `mac`) a real device allows before it blocks.
    std::map<std::string, unsigned, std::less<>> tries;
    KeyTitles titles{}; ///< what the proformas call the keys, for reasons

    /// Reads `{ics: {EP: yes, …}, ixit: {terminal: "112233445566", …}, tries: {pin: 3, mac: 3}}`.
    [[nodiscard]] static core::Result<Declaration> load(const std::filesystem::path& path);
};

} // namespace tongka::harness
