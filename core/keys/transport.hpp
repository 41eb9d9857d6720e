#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "core/crypto/mac.hpp"
#include "core/keys/key_store.hpp"
#include "core/random.hpp"

namespace tongka::core {

/// Keys on their way from one centre to another: both show that they have the transport key (双向身份鉴别), then each
/// key goes as ciphertext and MAC (密文加MAC), in the form of WRITE KEY under secure messaging (standards.md 5.4: F, K1
/// to K3). Inferred: of Annex C of CJ/T 333 the title alone is public. Messages: docs/keys.md.
///
///     sender                              receiver
///     hello: R1                       →
///                                     ←   answer: R2, cryptogram over R1
///     proof: cryptogram over R2       →
///     key 1, key 2, …                 →
///     end: number of keys             →   keeps them, all or none
///
/// The keys of a session come from the transport key and both random numbers, other ones for each direction and
/// purpose; the MAC of a message starts from the MAC of the one before it.
struct TransportSession {
    TransportSession(const Key& transport, BytesView sender_random, BytesView receiver_random);
    /// From what a device that holds the transport key has made of it.
    TransportSession(const std::array<Byte, 8>& answer_cryptogram, const std::array<Byte, 8>& proof_cryptogram,
                     const Key& encryption_key, const Key& authentication_key, BytesView receiver_random);

    std::array<Byte, 8> answer; ///< the receiver's cryptogram over R1
    std::array<Byte, 8> proof;  ///< the sender's over R2
    Key encryption;
    Key authentication;
    Mac chain; ///< the MAC of the last message
    unsigned count = 0;
};

/// After an Error it is of no use any more: every call gives one.
class TransportSender {
public:
    /// `transport` is a 3DES or SM4 key; throws std::invalid_argument for single DES.
    TransportSender(const Key& transport, Random& random);

    [[nodiscard]] Bytes hello();
    /// Checks the receiver's answer.
    [[nodiscard]] Result<Bytes> proof(BytesView answer);
    [[nodiscard]] Result<Bytes> key(const KeyEntry& entry);
    [[nodiscard]] Result<Bytes> end();

private:
    enum class State : Byte { start, greeted, open, over };

    Key transport_;
    Random& random_;
    State state_ = State::start;
    std::array<Byte, 8> sent_{};
    std::optional<TransportSession> session_;
};

/// The receiver's side of one session: R2 and what follows from it.
struct ReceiverSession {
    std::array<Byte, 8> random;
    TransportSession session;
};

/// Makes it for the sender's R1, 8 bytes.
using OpenSession = std::function<Result<ReceiverSession>(BytesView sender_random)>;

/// After an Error it is of no use any more, and has forgotten every key it was sent.
class TransportReceiver {
public:
    /// For a receiver whose transport key stays in a device: `open` asks that for each session.
    TransportReceiver(OpenSession open, KeyStore& store);
    /// The keys go into `store`, when all of them are there.
    TransportReceiver(const Key& transport, Random& random, KeyStore& store);

    [[nodiscard]] Result<Bytes> answer(BytesView hello);
    /// Takes proof, keys and end.
    [[nodiscard]] Result<void> take(BytesView message);
    /// Whether the end came and the keys are in the store.
    [[nodiscard]] bool done() const { return state_ == State::done; }

private:
    enum class State : Byte { start, answered, open, done, over };

    [[nodiscard]] Result<void> take_proof(BytesView message);
    [[nodiscard]] Result<void> take_key(BytesView message);
    [[nodiscard]] Result<void> take_end(BytesView message);

    OpenSession open_;
    KeyStore& store_;
    State state_ = State::start;
    std::optional<TransportSession> session_;
    std::vector<KeyEntry> keys_;
};

} // namespace tongka::core
