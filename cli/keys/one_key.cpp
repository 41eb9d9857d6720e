#include "cli/keys/one_key.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/pass_phrase.hpp"
#include "core/hex.hpp"
#include "core/keys/centre.hpp"
#include "core/keys/open_store.hpp"
#include "core/keys/parity.hpp"

namespace tongka::cli {
namespace {

core::Result<core::Key> read_value(const OneKey& one, core::Algorithm algorithm) {
    TONGKA_TRY(const auto text, get_pass_phrase(one.value_file, fmt::format("key {} (hex)", one.name), Asked::twice));
    const auto size = core::key_size(algorithm);
    auto bytes = core::from_hex(text_of(text));
    if (!bytes || bytes->size() != size)
        return core::fail(fmt::format("the value of key {} is not {} bytes of hex", one.name, size));
    auto key = core::Key::create(algorithm, *bytes);
    std::ranges::fill(*bytes, core::Byte{0});
    return key;
}

} // namespace

core::Result<std::string> import_key(const std::string& where, const std::string& pass_file, const OneKey& one) {
    core::SystemRandom random;
    TONGKA_TRY(const auto algorithm, core::parse_algorithm(one.algorithm));
    TONGKA_TRY(const auto name, core::parse_key_name(one.name));
    TONGKA_TRY(const auto key, read_value(one, algorithm));
    if (!one.any_parity)
        TONGKA_CHECK(core::check_parity(key, fmt::format("key {}", one.name)));
    core::KeyRecord record{.name = name, .algorithm = algorithm, .made = core::today(core::SystemClock())};
    if (!one.check_value.empty()) {
        TONGKA_TRY(const auto check, core::from_hex(one.check_value, record.check_value.size(), "--check-value"));
        std::ranges::copy(check, record.check_value.begin());
    }
    TONGKA_TRY(const auto pass, get_pass_phrase(pass_file, where, Asked::once));
    TONGKA_TRY(const auto store, core::open_key_store(where, pass, random, core::Access::change));
    TONGKA_CHECK(core::add_from_outside(*store, record, key));
    return fmt::format("{}: key {}, check value {}\n", where, one.name, core::to_hex(core::check_value(key)));
}

} // namespace tongka::cli
