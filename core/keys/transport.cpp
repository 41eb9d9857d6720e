#include "core/keys/transport.hpp"

#include <stdexcept>
#include <utility>

#include <botan/mem_ops.h>
#include <fmt/format.h>

#include "core/crypto/derivation.hpp"
#include "core/crypto/secure_messaging.hpp"
#include "core/keys/centre.hpp"
#include "core/keys/record_form.hpp"

namespace tongka::core {
namespace {

enum class Tag : Byte { hello = 1, answer = 2, proof = 3, key = 4, end = 5 };

constexpr std::size_t random_size = 8;
constexpr std::size_t mac_size = 4;
/// Of a key message: tag, then the header of WRITE KEY, whose P1 and P2 hold the number of the message.
constexpr std::size_t key_header = 1 + 5;

Bytes message(Tag tag, std::initializer_list<BytesView> parts) {
    Bytes bytes{static_cast<Byte>(tag)};
    for (const auto part : parts)
        append(bytes, part);
    return bytes;
}

Result<BytesView> content(BytesView message, Tag tag, std::size_t size, std::string_view what) {
    if (message.size() != 1 + size || message.front() != static_cast<Byte>(tag))
        return fail(fmt::format("what came is no {}", what));
    return message.subspan(1);
}

bool same(BytesView a, BytesView b) {
    return a.size() == b.size() && Botan::constant_time_compare(a.data(), b.data(), a.size());
}

/// Throws for a key that is too short to protect others.
const Key& checked(const Key& transport) {
    if (transport.algorithm() == Algorithm::des)
        throw std::invalid_argument("a transport key is 3des or sm4, not des");
    return transport;
}

/// A key for one purpose of a session; the purpose keeps the two directions apart, so that nothing can be sent back to
/// the one who made it.
Key session_part(const Key& transport, BytesView sender_random, BytesView receiver_random, Byte purpose) {
    std::array<std::array<Byte, 8>, 3> factors{};
    std::ranges::copy(sender_random, factors[0].begin());
    std::ranges::copy(receiver_random, factors[1].begin());
    factors[2][0] = purpose;
    return diversify(transport, factors);
}

SecretBytes key_content(const KeyEntry& entry) {
    RecordWriter writer;
    writer.write(entry.record);
    writer.write_bytes(entry.key.bytes());
    return std::move(writer).take();
}

Result<KeyEntry> read_key_content(BytesView bytes) {
    RecordReader reader(bytes);
    TONGKA_TRY(auto record, reader.read_record());
    TONGKA_TRY(auto key, reader.read_key(record.algorithm));
    TONGKA_CHECK(reader.finish());
    return KeyEntry{std::move(record), std::move(key)};
}

} // namespace

TransportSession::TransportSession(const Key& transport, BytesView sender_random, BytesView receiver_random)
    : encryption(session_part(transport, sender_random, receiver_random, 3)),
      authentication(session_part(transport, sender_random, receiver_random, 4)) {
    const auto part = [&](Byte purpose) { return session_part(transport, sender_random, receiver_random, purpose); };
    answer = external_authentication(part(1), sender_random);
    proof = external_authentication(part(2), receiver_random);
    std::ranges::copy(receiver_random.first(chain.size()), chain.begin());
}

TransportSession::TransportSession(const std::array<Byte, 8>& answer_cryptogram,
                                   const std::array<Byte, 8>& proof_cryptogram, const Key& encryption_key,
                                   const Key& authentication_key, BytesView receiver_random)
    : answer(answer_cryptogram), proof(proof_cryptogram), encryption(encryption_key),
      authentication(authentication_key) {
    std::ranges::copy(receiver_random.first(chain.size()), chain.begin());
}

TransportSender::TransportSender(const Key& transport, Random& random)
    : transport_(checked(transport)), random_(random) {}

Bytes TransportSender::hello() {
    random_.fill(sent_);
    state_ = State::greeted;
    return message(Tag::hello, {sent_});
}

Result<Bytes> TransportSender::proof(BytesView answer) {
    if (std::exchange(state_, State::over) != State::greeted)
        return fail("an answer is not expected here");
    TONGKA_TRY(const auto parts, content(answer, Tag::answer, random_size + 8, "answer of a receiver of keys"));
    TransportSession session(transport_, sent_, parts.first(random_size));
    if (!same(session.answer, parts.subspan(random_size)))
        return fail("the receiver does not have the transport key");
    session_ = std::move(session);
    state_ = State::open;
    return message(Tag::proof, {session_->proof});
}

Result<Bytes> TransportSender::key(const KeyEntry& entry) {
    if (state_ != State::open || session_->count == 0xFFFF)
        return fail("no key can be sent here");
    ++session_->count;
    const auto plain = key_content(entry);
    TONGKA_TRY(const auto cipher, secure_messaging_encrypt(session_->encryption, plain));
    Bytes command{0x84, 0xD4};
    append(command, big_endian(session_->count, 2));
    command.push_back(static_cast<Byte>(cipher.size() + mac_size));
    append(command, cipher);
    session_->chain = secure_messaging_mac(session_->authentication, session_->chain, command);
    return message(Tag::key, {command, session_->chain});
}

Result<Bytes> TransportSender::end() {
    if (std::exchange(state_, State::over) != State::open)
        return fail("nothing is under way that could end");
    const auto count = big_endian(session_->count, 2);
    const auto mac =
        secure_messaging_mac(session_->authentication, session_->chain, {Bytes{static_cast<Byte>(Tag::end)}, count});
    return message(Tag::end, {count, mac});
}

TransportReceiver::TransportReceiver(OpenSession open, KeyStore& store) : open_(std::move(open)), store_(store) {}

TransportReceiver::TransportReceiver(const Key& transport, Random& random, KeyStore& store)
    : TransportReceiver(
          [key = checked(transport), &random](BytesView sender_random) -> Result<ReceiverSession> {
              std::array<Byte, random_size> own;
              random.fill(own);
              return ReceiverSession{own, TransportSession(key, sender_random, own)};
          },
          store) {}

Result<Bytes> TransportReceiver::answer(BytesView hello) {
    if (std::exchange(state_, State::over) != State::start)
        return fail("a transfer is under way already");
    TONGKA_TRY(const auto sent, content(hello, Tag::hello, random_size, "hello of a sender of keys"));
    TONGKA_TRY(auto opened, open_(sent));
    session_ = std::move(opened.session);
    state_ = State::answered;
    return message(Tag::answer, {opened.random, session_->answer});
}

Result<void> TransportReceiver::take(BytesView message) {
    auto taken = [&]() -> Result<void> {
        switch (state_) {
        case State::answered:
            return take_proof(message);
        case State::open:
            return !message.empty() && message.front() == static_cast<Byte>(Tag::end) ? take_end(message)
                                                                                      : take_key(message);
        default:
            return fail("no transfer of keys is under way");
        }
    }();
    if (!taken) {
        if (state_ != State::done)
            state_ = State::over;
        keys_.clear();
        session_.reset();
    }
    return taken;
}

Result<void> TransportReceiver::take_proof(BytesView message) {
    TONGKA_TRY(const auto proof, content(message, Tag::proof, 8, "proof of a sender of keys"));
    if (!same(session_->proof, proof))
        return fail("the sender does not have the transport key");
    state_ = State::open;
    return {};
}

Result<void> TransportReceiver::take_key(BytesView message) {
    const auto number = session_->count + 1;
    const auto what = fmt::format("key message {}", number);
    if (message.size() <= key_header + mac_size || message.front() != static_cast<Byte>(Tag::key))
        return fail(fmt::format("what came is no {}", what));
    const auto command = message.subspan(1, message.size() - 1 - mac_size);
    const auto mac = secure_messaging_mac(session_->authentication, session_->chain, command);
    if (!mac_equals(mac, message.last(mac_size)))
        return fail(what + " was altered, or one before it was lost or repeated");
    if (!equal(command.first(5), concatenate({Bytes{0x84, 0xD4}, big_endian(number, 2),
                                              Bytes{static_cast<Byte>(message.size() - key_header)}})))
        return fail(what + " has another number or length");
    TONGKA_TRY(auto plain, secure_messaging_decrypt(session_->encryption, command.subspan(5)));
    auto entry = read_key_content(plain);
    Botan::secure_scrub_memory(plain.data(), plain.size());
    if (!entry)
        return fail(entry.error().at(what));
    keys_.push_back(*std::move(entry));
    session_->chain = mac;
    session_->count = number;
    return {};
}

Result<void> TransportReceiver::take_end(BytesView message) {
    TONGKA_TRY(const auto parts, content(message, Tag::end, 2 + mac_size, "end of a transfer"));
    const auto mac = secure_messaging_mac(session_->authentication, session_->chain, message.first(3));
    if (!mac_equals(mac, parts.last(mac_size)))
        return fail("the end of the transfer was altered, or a key before it was lost");
    if (read_big_endian(parts.first(2)) != session_->count)
        return fail(fmt::format("{} keys were sent, {} came", read_big_endian(parts.first(2)), session_->count));
    TONGKA_CHECK(add_all(store_, keys_));
    keys_.clear();
    session_.reset();
    state_ = State::done;
    return {};
}

} // namespace tongka::core
