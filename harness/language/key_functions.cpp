#include <array>

#include <fmt/format.h>

#include "core/crypto/cipher.hpp"
#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/nearest.hpp"
#include "core/profile/key_kinds.hpp"
#include "harness/language/function.hpp"
#include "harness/language/vocabulary.hpp"

namespace tongka::harness {
namespace {

using core::Bytes;
using core::Cipher;
using core::fail;
using core::Key;
using core::Result;

Result<void> need_width(const StaticArgument& argument, std::size_t width, std::string_view what) {
    if (argument.type.width && *argument.type.width != width)
        return fail(fmt::format("{} must be {}, not {}", what, count_bytes(width), *argument.type.width));
    return {};
}

core::Factor factor_of(const Bytes& bytes) {
    return core::Factor(bytes.data(), 8);
}

Result<Type> type_of_named_key(StaticArguments args, std::span<const std::string_view> kinds) {
    if (std::ranges::find(kinds, args[0].word) == kinds.end())
        return fail(fmt::format("there is no key '{}'{}", args[0].word, core::suggest(args[0].word, kinds)));
    if (args.size() > 1)
        TONGKA_CHECK(need_width(args[1], 1, "a key's index"));
    return Type::key();
}

Result<Type> type_of_card_key(StaticArguments args) {
    return type_of_named_key(args, core::key_kinds);
}

Result<Type> type_of_sam_key(StaticArguments args) {
    std::vector<std::string_view> kinds(std::begin(core::key_kinds), std::end(core::key_kinds));
    kinds.insert(kinds.end(), std::begin(core::sam_key_kinds), std::end(core::sam_key_kinds));
    return type_of_named_key(args, kinds);
}

Result<Value> card_key(Arguments args, Lookup& lookup) {
    const auto index = args.size() > 1 ? std::optional(args[1].bytes()[0]) : std::nullopt;
    TONGKA_TRY(auto key, lookup.key(args[0].word, index));
    return key;
}

Result<Value> master_key(Arguments args, Lookup& lookup) {
    TONGKA_TRY(auto key, lookup.master(args[0].word, args[1].bytes()[0]));
    return key;
}

Result<Value> isam_key(Arguments args, Lookup& lookup) {
    TONGKA_TRY(auto key, lookup.isam_key(args[0].word, args[1].bytes()[0]));
    return key;
}

Result<Type> type_of_diversify(StaticArguments args) {
    TONGKA_CHECK(need_width(args[1], 8, "a factor"));
    return Type::key();
}

Result<Value> diversify(Arguments args, Lookup&) {
    return core::diversify(args[0].key(), factor_of(args[1].bytes()));
}

Result<Type> type_of_session(StaticArguments args) {
    TONGKA_CHECK(need_width(args[1], 8, "the input of a session key"));
    return Type::key();
}

Result<Value> session(Arguments args, Lookup&) {
    return core::session_key(args[0].key(), factor_of(args[1].bytes()));
}

Result<Type> type_of_tac_key(StaticArguments) {
    return Type::key();
}

Result<Value> tac_key(Arguments args, Lookup&) {
    return core::tac_key(args[0].key());
}

Result<Type> type_of_mac(StaticArguments) {
    return Type::bytes(4);
}

Result<Value> mac(Arguments args, Lookup&) {
    const auto mac = core::transaction_mac(args[0].key(), args[1].bytes());
    return Bytes(mac.begin(), mac.end());
}

Result<Type> type_of_sm_mac(StaticArguments args) {
    const auto& width = args[1].type.width;
    if (width && *width != 4 && *width != 8)
        return fail(fmt::format("a challenge must be 4 or 8 bytes, not {}", *width));
    return Type::bytes(4);
}

Result<Value> sm_mac(Arguments args, Lookup&) {
    const auto mac = core::secure_messaging_mac(args[0].key(), args[1].bytes(), args[2].bytes());
    return Bytes(mac.begin(), mac.end());
}

/// Whether a block has 8 or 16 bytes is known with the key, so an odd half of 16 is left to whole_blocks.
Result<Type> type_of_blocks(StaticArguments args) {
    if (args[1].type.width && *args[1].type.width % 8 != 0)
        return fail(fmt::format("data must be whole blocks, not {}", count_bytes(*args[1].type.width)));
    return args[1].type;
}

Result<void> whole_blocks(const Cipher& cipher, const Bytes& data) {
    if (data.size() % cipher.block_size() != 0)
        return fail(
            fmt::format("data must be whole blocks of {}, not {}", cipher.block_size(), count_bytes(data.size())));
    return {};
}

Result<Value> encrypt(Arguments args, Lookup&) {
    const Cipher cipher(args[0].key());
    auto data = args[1].bytes();
    TONGKA_CHECK(whole_blocks(cipher, data));
    cipher.encrypt(data, data);
    return data;
}

Result<Value> decrypt(Arguments args, Lookup&) {
    const Cipher cipher(args[0].key());
    auto data = args[1].bytes();
    TONGKA_CHECK(whole_blocks(cipher, data));
    cipher.decrypt(data, data);
    return data;
}

Result<Type> type_of_algorithm(StaticArguments) {
    return Type::bytes(1);
}

Result<Value> algorithm(Arguments args, Lookup&) {
    return Bytes{static_cast<core::Byte>(args[0].key().algorithm())};
}

using enum Parameter;
constexpr Function table[] = {
    {"key", "key(NAME), key(NAME, index)", {key_name, bytes}, 1, type_of_card_key, card_key},
    {"master", "master(NAME, index)", {key_name, bytes}, 2, type_of_sam_key, master_key},
    {"isam_key", "isam_key(NAME, index)", {key_name, bytes}, 2, type_of_sam_key, isam_key},
    {"diversify", "diversify(key, factor8)", {key, bytes}, 2, type_of_diversify, diversify},
    {"session", "session(key, input8)", {key, bytes}, 2, type_of_session, session},
    {"tac_key", "tac_key(key)", {key}, 1, type_of_tac_key, tac_key},
    {"mac", "mac(key, data)", {key, bytes}, 2, type_of_mac, mac},
    {"sm_mac", "sm_mac(key, challenge, data)", {key, bytes, bytes}, 3, type_of_sm_mac, sm_mac},
    {"encrypt", "encrypt(key, data)", {key, bytes}, 2, type_of_blocks, encrypt},
    {"decrypt", "decrypt(key, data)", {key, bytes}, 2, type_of_blocks, decrypt},
    {"algorithm", "algorithm(key)", {key}, 1, type_of_algorithm, algorithm},
};

} // namespace

std::span<const Function> key_functions() {
    return table;
}

} // namespace tongka::harness
