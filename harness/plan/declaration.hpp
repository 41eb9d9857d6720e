#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "harness/language/condition.hpp"
#include "harness/plan/proforma.hpp"

namespace tongka::harness {

/// What is declared of the devices before a run (ICS), with the values that cases need of them (IXIT).
struct Declaration {
    Claims claims;
    std::map<std::string, core::Bytes, std::less<>> values; ///< `ixit.NAME` of the case language
    /// How many wrong tries of each kind (`pin`, `mac`) a real device allows before it blocks.
    std::map<std::string, unsigned, std::less<>> tries;
    KeyTitles titles{}; ///< what the proformas call the keys, for reasons
    /// Where each key, value and kind of tries stands: `ics.EP`, `ixit.pin`, `tries.pin` → file:line:column; the file
    /// itself under the empty name.
    std::map<std::string, std::string, std::less<>> places{};

    /// Reads `{ics: {EP: yes, …}, ixit: {terminal: "112233445566", …}, tries: {pin: 3, mac: 3}}`. What is left empty
    /// is not declared.
    [[nodiscard]] static core::Result<Declaration> load(const std::filesystem::path& path);

    /// The same, held against the proformas, from which it takes the titles: an Error for a name that none has, and for
    /// a value of the wrong width or format. What is missing or does not go together is told by check_declaration().
    [[nodiscard]] static core::Result<Declaration> load(const std::filesystem::path& path, const Proformas& proformas);

    /// Where a name stands, else the file.
    [[nodiscard]] const std::string& place(std::string_view name) const;
};

/// Whether the IXIT value of this name is a PIN, which no record, message or screen may show.
[[nodiscard]] bool is_secret(std::string_view value_name);

} // namespace tongka::harness
