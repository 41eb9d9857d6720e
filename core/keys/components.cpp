#include "core/keys/components.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/keys/parity.hpp"
#include "core/keys/secret.hpp"

namespace tongka::core {
namespace {

void add_into(std::span<Byte> sum, BytesView bytes) {
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] ^= bytes[i];
}

Result<void> check_part(const Component& part, const Component& first) {
    const auto what = fmt::format("component {} of {}", part.number, to_text(first.record.name));
    if (part.record.name != first.record.name)
        return fail(fmt::format("component {} is of {}, not of {}", part.number, to_text(part.record.name),
                                to_text(first.record.name)));
    if (part.record.check_value != first.record.check_value)
        return fail(fmt::format("{} belongs to another key: its key has the check value {}, that of component {} {}",
                                what, to_hex(part.record.check_value), first.number, to_hex(first.record.check_value)));
    if (part.record != first.record || part.count != first.count || part.odd_parity != first.odd_parity ||
        part.value.algorithm() != part.record.algorithm)
        return fail(fmt::format("{} was not made together with component {}", what, first.number));
    if (part.number == 0 || part.number > part.count)
        return fail(fmt::format("{} has a number beyond {}", what, part.count));
    if (check_value(part.value) != part.check_value)
        return fail(fmt::format("{} is not what its check value {} says", what, to_hex(part.check_value)));
    if (part.odd_parity)
        return check_parity(part.value, what);
    return {};
}

} // namespace

std::vector<Component> split(const KeyEntry& key, Byte count, Random& random) {
    if (count < 2)
        throw std::invalid_argument("a key is split into two components or more");
    const auto algorithm = key.key.algorithm();
    const bool odd_parity = algorithm != Algorithm::sm4 && has_odd_parity(key.key.bytes());
    auto record = key.record;
    record.check_value = check_value(key.key);
    const auto bytes = key.key.bytes();
    SecretBytes rest(bytes.begin(), bytes.end());
    std::vector<Component> parts;
    for (Byte number = 1; number <= count; ++number) {
        SecretBytes part = rest;
        if (number < count)
            random.fill(part);
        if (odd_parity)
            set_odd_parity(part);
        add_into(rest, part);
        auto value = *Key::create(algorithm, part);
        parts.push_back({record, number, count, odd_parity, check_value(value), std::move(value)});
    }
    return parts;
}

Result<KeyEntry> combine(const std::vector<Component>& parts) {
    if (parts.empty())
        return fail("no component was given");
    const auto& first = parts.front();
    const auto name = to_text(first.record.name);
    std::vector<bool> given(first.count);
    SecretBytes sum(key_size(first.value.algorithm()));
    for (const auto& part : parts) {
        TONGKA_CHECK(check_part(part, first));
        if (given[part.number - 1u])
            return fail(fmt::format("component {} of {} was given twice", part.number, name));
        given[part.number - 1u] = true;
        add_into(sum, part.value.bytes());
    }
    for (std::size_t i = 0; i < given.size(); ++i)
        if (!given[i])
            return fail(fmt::format("component {} of {} for {} is missing", i + 1, given.size(), name));
    if (first.odd_parity)
        set_odd_parity(sum);
    TONGKA_TRY(auto key, Key::create(first.value.algorithm(), sum));
    if (const auto actual = check_value(key); actual != first.record.check_value)
        return fail(fmt::format("the components of {} make a key with the check value {}, not {}", name, to_hex(actual),
                                to_hex(first.record.check_value)));
    return KeyEntry{first.record, std::move(key)};
}

} // namespace tongka::core
