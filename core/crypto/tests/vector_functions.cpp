#include "core/crypto/tests/vector_functions.hpp"

#include <sstream>
#include <stdexcept>

#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/crypto/secure_messaging.hpp"
#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"

namespace tongka::core {

static Key key_of(Vector& vector) {
    const auto algorithm = parse_algorithm(vector.text("algorithm"));
    if (!algorithm)
        throw std::runtime_error(vector.place() + ": " + algorithm.error().message);
    const auto key = Key::create(*algorithm, vector.bytes("key"));
    if (!key)
        throw std::runtime_error(vector.place() + ": " + key.error().message);
    return *key;
}

static std::array<Byte, 8> eight(BytesView bytes) {
    if (bytes.size() != 8)
        throw std::runtime_error("a factor has 8 bytes");
    std::array<Byte, 8> array;
    std::ranges::copy(bytes, array.begin());
    return array;
}

static std::vector<std::array<Byte, 8>> factors_of(Vector& vector) {
    std::vector<std::array<Byte, 8>> factors;
    std::istringstream list(vector.text("factors"));
    for (std::string factor; std::getline(list, factor, ',');)
        factors.push_back(eight(from_hex(factor).value()));
    return factors;
}

static Bytes both_ways(const Key& key, BytesView data, BytesView expected) {
    const Cipher cipher(key);
    Bytes back(expected.size());
    cipher.decrypt(expected, back);
    if (!equal(back, data))
        throw std::runtime_error("deciphering the result gives " + to_hex(back));
    Bytes result(data.size());
    cipher.encrypt(data, result);
    return result;
}

static Bytes secure_messaging_both_ways(const Key& key, BytesView data, BytesView expected) {
    const auto back = secure_messaging_decrypt(key, expected);
    if (!back || !equal(*back, data))
        throw std::runtime_error("deciphering the result gives " + (back ? to_hex(*back) : back.error().message));
    return secure_messaging_encrypt(key, data).value();
}

Bytes compute(const std::string& function, Vector& vector, BytesView expected) {
    if (function == "sha256")
        return to_bytes(sha256(vector.bytes("data")));
    const Key key = key_of(vector);
    if (function == "diversify")
        return to_bytes(diversify(key, factors_of(vector)).bytes());
    if (function == "encrypt")
        return both_ways(key, vector.bytes("data"), expected);
    if (function == "external_authentication")
        return to_bytes(external_authentication(key, vector.bytes("random")));
    if (function == "secure_messaging_encrypt")
        return secure_messaging_both_ways(key, vector.bytes("data"), expected);
    if (function == "secure_messaging_mac")
        return to_bytes(secure_messaging_mac(key, vector.bytes("challenge"), vector.bytes("data")));
    if (function == "session_key")
        return to_bytes(session_key(key, eight(vector.bytes("input"))).bytes());
    if (function == "tac_key")
        return to_bytes(tac_key(key).bytes());
    if (function == "transaction_mac")
        return to_bytes(transaction_mac(key, vector.bytes("data")));
    throw std::runtime_error("no function '" + function + "' for " + vector.place());
}

} // namespace tongka::core
