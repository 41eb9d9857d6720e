#include "simulator/issuer/service/isam_limit.hpp"

#include <algorithm>

#include "core/crypto/derivation.hpp"

namespace tongka::simulator {

using core::Bytes;
using core::BytesView;

Bytes IsamLimit::bytes() const {
    return core::concatenate({core::big_endian(amount, 4), until, core::big_endian(batch, 3)});
}

IsamLimit IsamLimit::read(BytesView content) {
    IsamLimit limit{.amount = static_cast<std::uint32_t>(core::read_big_endian(content.first(4))),
                    .until = {},
                    .batch = static_cast<std::uint32_t>(core::read_big_endian(content.subspan(11, 3)))};
    std::ranges::copy(content.subspan(4, 7), limit.until.begin());
    return limit;
}

Bytes isam_limit_command(const IsamLimit& limit) {
    return core::concatenate({Bytes{0x04, 0xD6, 0x9B, 0x00, IsamLimit::size + 4}, limit.bytes()});
}

core::Mac isam_limit_mac(const core::Key& maintenance, const core::Rules& rules, BytesView challenge,
                         const IsamLimit& limit) {
    std::array<core::Byte, 8> input{};
    std::copy_n(challenge.begin(), std::min(challenge.size(), input.size()), input.begin());
    const bool session =
        maintenance.algorithm() == core::Algorithm::triple_des && rules.is(core::Rule::secure_messaging_mac, "session");
    return core::secure_messaging_mac(session ? core::session_key(maintenance, input) : maintenance, input,
                                      isam_limit_command(limit));
}

} // namespace tongka::simulator
