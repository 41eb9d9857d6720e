#include "core/dictionary/redact.hpp"

#include <optional>

#include "core/apdu.hpp"
#include "core/hex.hpp"

namespace tongka::core::dictionary {

namespace {

/// How many bytes at the end of the data are no secret; nothing where the whole command holds none. The class byte is
/// looked at as little as possible: a PIN sent under a wrong one is a PIN.
std::optional<std::size_t> open_tail(Byte cla, Byte ins, Byte p1) {
    constexpr std::size_t mac_size = 4;
    const bool proprietary = (cla & 0x80) != 0;
    switch (ins) {
    case 0x20: // VERIFY
    case 0x21:
        return 0;
    case 0x24: // PIN UNBLOCK
        return mac_size;
    case 0x5E: // RELOAD PIN, CHANGE PIN
        return p1 == 0x00 ? mac_size : 0;
    case 0xD4: // WRITE KEY
    case 0xD8: // UPDATE KEY PROTECTED BY RSA
        return 0;
    case 0xD0: // WRITE KEY of a PSAM; with CLA 00 and 04 UPDATE BINARY
    case 0xD2: // WRITE RSA KEY; with CLA 00 and 04 UPDATE RECORD
        return proprietary ? std::optional<std::size_t>(0) : std::nullopt;
    default:
        return std::nullopt;
    }
}

std::string stars(std::size_t bytes) {
    return std::string(2 * bytes, '*');
}

} // namespace

std::string redact(BytesView command) {
    constexpr std::size_t header = 4;
    if (command.size() <= header)
        return to_hex(command);
    const auto tail = open_tail(command[0], command[1], command[2]);
    if (!tail)
        return to_hex(command);
    const auto parsed = parse_command(command);
    if (parsed && parsed->data.empty())
        return to_hex(command);
    // None of these commands has an Le: what looks like one may be the end of the data under a wrong Lc.
    if (!parsed || parsed->ne)
        return to_hex(command.first(header)) + stars(command.size() - header);
    const auto data = parsed->data;
    const auto before = static_cast<std::size_t>(data.data() - command.data());
    const std::size_t open = data.size() > *tail ? *tail : 0;
    return to_hex(command.first(before)) + stars(data.size() - open) +
           to_hex(command.subspan(before + data.size() - open));
}

std::string redact_response(BytesView command, BytesView response) {
    const bool gives_keys = command.size() >= 2 && command[1] == 0xFC;
    if (!gives_keys || response.size() <= 2)
        return to_hex(response);
    return stars(response.size() - 2) + to_hex(response.last(2));
}

} // namespace tongka::core::dictionary
