#include "simulator/issuer/sender.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/apdu.hpp"
#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/crypto/secure_messaging.hpp"
#include "core/dictionary/redact.hpp"

namespace tongka::simulator {

using core::Byte;
using core::Bytes;
using core::BytesView;

core::Result<Bytes> Sender::send(BytesView command) const {
    TONGKA_TRY(auto answer, transmit_(command));
    TONGKA_TRY(const auto response, core::parse_response(answer));
    if (response.sw != 0x9000 && response.sw >> 8 != 0x61)
        return core::fail(
            fmt::format("the {} answered {:04X} to {}", device_, response.sw, core::dictionary::redact(command)));
    return core::to_bytes(response.data);
}

core::Result<void> Sender::command(Byte cla, Byte ins, Byte p1, Byte p2, BytesView data) const {
    TONGKA_CHECK(send(core::concatenate({Bytes{cla, ins, p1, p2, static_cast<Byte>(data.size())}, data})));
    return {};
}

core::Result<void> Sender::select(BytesView name) const {
    return command(0x00, 0xA4, 0x04, 0x00, name);
}

core::Result<void> Sender::select(std::uint16_t id) const {
    return command(0x00, 0xA4, 0x00, 0x00, core::big_endian(id, 2));
}

core::Result<Bytes> Sender::challenge() const {
    const bool eight = rules_.is(core::Rule::challenge_length, "8");
    return send(Bytes{0x00, 0x84, 0x00, 0x00, static_cast<Byte>(eight ? 8 : 4)});
}

core::Result<void> Sender::write(Byte cla, Byte ins, Byte p1, Byte p2, BytesView content, core::Protection protection,
                                 const core::Key* key) const {
    if (protection == core::Protection::none)
        return command(cla, ins, p1, p2, content);
    TONGKA_TRY(const Bytes number, challenge());
    Bytes data = core::to_bytes(content);
    if (protection == core::Protection::cipher) {
        const bool always = rules_.is(core::Rule::encryption_padding, "always");
        TONGKA_TRY(data,
                   core::secure_messaging_encrypt(
                       *key, content, always ? core::EncryptionPadding::always : core::EncryptionPadding::when_needed));
    }
    const auto secure = static_cast<Byte>(cla | 0x04);
    const Bytes head{secure, ins, p1, p2, static_cast<Byte>(data.size() + 4)};
    std::array<Byte, 8> input{};
    std::ranges::copy(number, input.begin());
    const bool session =
        key->algorithm() == core::Algorithm::triple_des && rules_.is(core::Rule::secure_messaging_mac, "session");
    const core::Key under = session ? core::session_key(*key, input) : *key;
    core::append(data, core::secure_messaging_mac(under, number, {head, data}));
    return command(secure, ins, p1, p2, data);
}

core::Result<void> Sender::authenticate(Byte id, const core::Key& key) const {
    TONGKA_TRY(const Bytes number, challenge());
    return command(0x00, 0x82, 0x00, id, core::external_authentication(key, number));
}

} // namespace tongka::simulator
