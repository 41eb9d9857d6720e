#include "core/profile/profile.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"
#include "core/duration.hpp"
#include "core/profile/city_layout.hpp"
#include "core/profile/fields.hpp"
#include "core/profile/files.hpp"
#include "core/profile/keys.hpp"
#include "core/profile/sams.hpp"

namespace tongka::core {
namespace {

using document::Mapping;
using document::Node;

Result<PurseProfile> read_purse(const Node& node, const Rules& rules) {
    PurseProfile purse;
    const std::uint32_t most = rules.is(Rule::balance_limit, "FFFFFF") ? 0xFFFFFF : 0xFFFFFFFF;
    TONGKA_TRY(auto fields, Mapping::of(node, "the purse"));
    TONGKA_TRY(purse.balance, read_number(fields, "balance", most));
    TONGKA_TRY(purse.overdraft_limit, read_number(fields, "overdraft_limit", 0xFFFFFF));
    TONGKA_TRY(purse.online_counter, read_number(fields, "online_counter", 0xFFFF));
    TONGKA_TRY(purse.offline_counter, read_number(fields, "offline_counter", 0xFFFF));
    TONGKA_CHECK(fields.finish());
    return purse;
}

Result<void> read_chip(Mapping& fields, CardProfile& card) {
    static constexpr Word<CardInterface> interfaces[] = {{"contactless", CardInterface::contactless},
                                                         {"contact", CardInterface::contact},
                                                         {"dual", CardInterface::dual}};
    static constexpr Word<ContactProtocol> protocols[] = {{"t0", ContactProtocol::t0}, {"t1", ContactProtocol::t1}};
    TONGKA_TRY(card.interface, read_word<CardInterface>(fields, "interface", interfaces));
    TONGKA_TRY(card.protocol, read_word<ContactProtocol>(fields, "protocol", protocols));
    TONGKA_TRY(card.memory, read_number(fields, "memory", 0xFFFFFFFF, card.memory));
    std::copy(card.asn.end() - 4, card.asn.end(), card.chip_serial.end() - 4);
    if (const Node* serial = fields.optional("chip_serial")) {
        TONGKA_TRY(auto bytes, read_bytes(*serial, "chip_serial", 8, 8));
        std::ranges::copy(bytes, card.chip_serial.begin());
    }
    return {};
}

Result<CardProfile> read_card(const Node& node, const Rules& rules, const Sample& sample) {
    CardProfile card;
    TONGKA_TRY(auto fields, Mapping::of(node, "card"));
    TONGKA_CHECK(read_bytes(fields, "asn", card.asn));
    TONGKA_CHECK(read_bytes(fields, "city", card.city));
    card.asn = sample.asn.value_or(card.asn);
    card.city = sample.city.value_or(card.city);
    TONGKA_CHECK(read_chip(fields, card));
    TONGKA_CHECK(read_bytes(fields, "start_date", card.start_date));
    TONGKA_CHECK(read_bytes(fields, "expiry_date", card.expiry_date));
    TONGKA_CHECK(read_bytes(fields, "security_code", card.security_code));
    TONGKA_TRY(card.pin, read_bytes(fields, "pin", 2, 6));
    TONGKA_TRY(card.pin_tries, read_number(fields, "pin_tries", 15, 3));
    const Node* own = fields.optional("keys");
    const Node* master = fields.optional("master");
    if ((own == nullptr) == (master == nullptr))
        return fail(node.error("a card has either `keys`, its own, or `master`, to derive them from"));
    if (own) {
        TONGKA_TRY(card.keys, read_keys(*own, KeyForm::card));
    } else {
        TONGKA_TRY(card.keys, read_keys(*master, KeyForm::card));
        derive_card_keys(card.keys, card, rules);
    }
    if (const Node* purse = fields.optional("ep")) {
        TONGKA_TRY(card.ep, read_purse(*purse, rules));
    }
    if (const Node* purse = fields.optional("ed")) {
        TONGKA_TRY(card.ed, read_purse(*purse, rules));
    }
    const Node* files = fields.optional("files");
    TONGKA_TRY(card.files, files ? read_files(*files, card) : Result<std::vector<FileProfile>>(city_layout(card)));
    TONGKA_TRY(card.random, read_random(fields.optional("random")));
    TONGKA_CHECK(fields.finish());
    return card;
}

Result<TimeLimits> read_limits(const Node* node) {
    TimeLimits limits;
    if (!node)
        return limits;
    TONGKA_TRY(auto fields, Mapping::of(*node, "limits"));
    for (const auto& [name, limit] : {std::pair{"purchase", &limits.purchase}, std::pair{"load", &limits.load}}) {
        const Node* given = fields.optional(name);
        if (!given)
            continue;
        TONGKA_TRY(const auto text, given->as_text(name));
        auto duration = parse_duration(text);
        if (!duration)
            return fail(given->error(duration.error().message));
        *limit = *duration;
    }
    TONGKA_CHECK(fields.finish());
    return limits;
}

Result<Rules> read_rules(const Node* node) {
    Rules rules;
    if (!node)
        return rules;
    TONGKA_TRY(const auto* entries, node->as_entries("rules"));
    for (const auto& entry : *entries) {
        TONGKA_TRY(auto choice, entry.value.as_text(entry.key.text));
        if (auto set = rules.set(entry.key.text, choice); !set)
            return fail(entry.key.error(set.error().message));
    }
    return rules;
}

} // namespace

const NamedKey* find_key(const std::vector<NamedKey>& keys, std::string_view kind, Byte index) {
    const auto found =
        std::ranges::find_if(keys, [&](const NamedKey& key) { return key.kind == kind && key.index == index; });
    return found == keys.end() ? nullptr : &*found;
}

Result<Profile> parse_profile(const std::string& text, const std::string& name, const Sample& sample) {
    Profile profile;
    profile.digest = sha256({reinterpret_cast<const Byte*>(text.data()), text.size()});
    TONGKA_TRY(const Node root, document::parse(text, name));
    TONGKA_TRY(auto fields, Mapping::of(root, "a profile"));
    TONGKA_TRY(profile.name, fields.required_text("profile"));
    TONGKA_TRY(profile.rules, read_rules(fields.optional("rules")));
    TONGKA_TRY(profile.limits, read_limits(fields.optional("limits")));
    TONGKA_TRY(const Node* card, fields.required("card"));
    TONGKA_TRY(profile.card, read_card(*card, profile.rules, sample));
    TONGKA_TRY(const Node* psam, fields.required("psam"));
    TONGKA_TRY(profile.psam, read_psam(*psam));
    if (const Node* isam = fields.optional("isam")) {
        TONGKA_TRY(profile.isam, read_isam(*isam));
    }
    TONGKA_CHECK(fields.finish());
    for (SamProfile* sam :
         {static_cast<SamProfile*>(&profile.psam), static_cast<SamProfile*>(profile.isam ? &*profile.isam : nullptr)})
        if (sam) {
            sam->serial = sample.sam_serial.value_or(sam->serial);
            sam->terminal = sample.terminal.value_or(sam->terminal);
        }
    return profile;
}

Result<Profile> load_profile(const std::filesystem::path& path, const Sample& sample) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (!file)
        return fail(fmt::format("{}: cannot be read", path.string()));
    return parse_profile(text.str(), path.string(), sample);
}

} // namespace tongka::core
