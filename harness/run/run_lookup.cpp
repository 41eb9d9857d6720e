#include "harness/run/run_lookup.hpp"

#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::harness {
namespace {

core::Error no_key(std::string_view where, std::string_view name, core::Byte index) {
    return {fmt::format("the profile has no key {}.{:02X} {}", name, index, where)};
}

} // namespace

core::Result<core::Bytes> RunLookup::given(std::string_view name) {
    if (name == "today" || name == "now") {
        const std::tm local = fmt::localtime(core::Clock::Time::clock::to_time_t(clock_.now()));
        return core::from_hex(name == "today" ? fmt::format("{:%Y%m%d}", local) : fmt::format("{:%H%M%S}", local));
    }
    if (name == "card.asn")
        return core::to_bytes(profile_.card.asn);
    if (name == "card.chip")
        return core::to_bytes(profile_.card.chip_serial);
    if (name == "card.city")
        return core::to_bytes(profile_.card.city);
    if (name == "psam.terminal")
        return core::to_bytes(profile_.psam.terminal);
    if (name == "psam.serial")
        return core::to_bytes(profile_.psam.serial);
    if (profile_.isam && name == "isam.terminal")
        return core::to_bytes(profile_.isam->terminal);
    if (profile_.isam && name == "isam.serial")
        return core::to_bytes(profile_.isam->serial);
    if (name.starts_with("ixit.")) {
        const auto found = declaration_.values.find(name.substr(5));
        if (found != declaration_.values.end())
            return found->second;
        return core::fail(fmt::format("the declaration gives no value for {}", name));
    }
    return core::fail(fmt::format("nothing is called {}", name));
}

core::Result<std::string> RunLookup::rule(std::string_view name) {
    TONGKA_TRY(const auto value, profile_.rules.value(name));
    return std::string(value);
}

core::Result<core::Key> RunLookup::key(std::string_view name, std::optional<core::Byte> index) {
    const auto* found = core::find_key(profile_.card.keys, name, index.value_or(0));
    if (!found)
        return core::fail(no_key("of the card", name, index.value_or(0)));
    return found->key;
}

core::Result<core::Key> RunLookup::master(std::string_view name, core::Byte index) {
    const auto* found = core::find_key(profile_.psam.keys, name, index);
    if (!found)
        return core::fail(no_key("of the PSAM", name, index));
    return found->key;
}

core::Result<core::Key> RunLookup::isam_key(std::string_view name, core::Byte index) {
    const auto* found = profile_.isam ? core::find_key(profile_.isam->keys, name, index) : nullptr;
    if (!found)
        return core::fail(no_key("of the ISAM", name, index));
    return found->key;
}

core::Result<std::chrono::microseconds> RunLookup::limit(std::string_view name) {
    return name == "purchase" ? profile_.limits.purchase : profile_.limits.load;
}

core::Result<core::Bytes> RunLookup::random(std::size_t count) {
    core::Bytes bytes(count);
    random_.fill(bytes);
    return bytes;
}

} // namespace tongka::harness
