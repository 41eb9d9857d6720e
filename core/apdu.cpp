#include "core/apdu.hpp"

#include <fmt/format.h>

namespace tongka::core {
namespace {

constexpr std::size_t header_size = 4;

/// An Le field of n bytes; zeros stand for the largest value it can name plus one.
std::uint32_t read_le(BytesView field) {
    auto value = static_cast<std::uint32_t>(read_big_endian(field));
    return value != 0 ? value : field.size() == 1 ? 256 : 65536;
}

Result<Command> parse_short(Command command, BytesView body) {
    if (body.size() == 1) {
        command.ne = read_le(body);
        return command;
    }
    const std::size_t nc = body[0];
    const std::size_t rest = body.size() - 1;
    if (nc == 0 || rest < nc || rest > nc + 1)
        return fail(fmt::format("Lc says {} bytes of data, but {} follow it", nc, rest));
    command.data = body.subspan(1, nc);
    if (rest == nc + 1)
        command.ne = read_le(body.last(1));
    return command;
}

/// ISO/IEC 7816-4, 5.1: a first length byte of 00 with more behind it opens the extended form.
Result<Command> parse_extended(Command command, BytesView body) {
    command.extended = true;
    if (body.size() == 3) {
        command.ne = read_le(body.last(2));
        return command;
    }
    const auto nc = static_cast<std::size_t>(read_big_endian(body.subspan(1, 2)));
    const std::size_t rest = body.size() - 3;
    if (nc == 0 || (rest != nc && rest != nc + 2))
        return fail(fmt::format("extended Lc says {} bytes of data, but {} follow it", nc, rest));
    command.data = body.subspan(3, nc);
    if (rest == nc + 2)
        command.ne = read_le(body.last(2));
    return command;
}

} // namespace

Result<Command> parse_command(BytesView bytes) {
    if (bytes.size() < header_size)
        return fail(fmt::format("a command has at least CLA INS P1 P2, but only {} bytes are here", bytes.size()));
    Command command{.cla = bytes[0], .ins = bytes[1], .p1 = bytes[2], .p2 = bytes[3], .data = {}, .ne = {}};
    const auto body = bytes.subspan(header_size);
    if (body.empty())
        return command;
    return body[0] == 0 && body.size() >= 3 ? parse_extended(command, body) : parse_short(command, body);
}

Result<Response> parse_response(BytesView bytes) {
    if (bytes.size() < 2)
        return fail(fmt::format("the answer was lost: {} bytes came, and a status word alone has two", bytes.size()));
    return Response{bytes.first(bytes.size() - 2), static_cast<StatusWord>(read_big_endian(bytes.last(2)))};
}

} // namespace tongka::core
