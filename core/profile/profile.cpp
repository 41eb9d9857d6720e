#include "core/profile/profile.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"
#include "core/hex.hpp"
#include "core/profile/fields.hpp"
#include "core/profile/keys.hpp"

namespace tongka::core {
namespace {

using document::Mapping;
using document::Node;

Result<void> read_purse(const Node* node, CardProfile& card) {
    if (!node)
        return {};
    TONGKA_TRY(auto fields, Mapping::of(*node, "the purse"));
    TONGKA_TRY(card.balance, read_number(fields, "balance", 0xFFFFFF));
    TONGKA_TRY(card.online_counter, read_number(fields, "online_counter", 0xFFFF));
    TONGKA_TRY(card.offline_counter, read_number(fields, "offline_counter", 0xFFFF));
    return fields.finish();
}

Result<bool> read_contactless(Mapping& fields) {
    const Node* node = fields.optional("interface");
    if (!node)
        return true;
    TONGKA_TRY(auto text, node->as_text("interface"));
    if (text != "contactless" && text != "contact")
        return fail(node->error(fmt::format("interface is contactless or contact, not '{}'", text)));
    return text == "contactless";
}

Result<CardProfile> read_card(const Node& node) {
    CardProfile card;
    TONGKA_TRY(auto fields, Mapping::of(node, "card"));
    TONGKA_CHECK(read_bytes(fields, "asn", card.asn));
    TONGKA_CHECK(read_bytes(fields, "city", card.city));
    TONGKA_TRY(card.contactless, read_contactless(fields));
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
        derive_card_keys(card.keys, card.city, card.asn);
    }
    TONGKA_CHECK(read_purse(fields.optional("ep"), card));
    TONGKA_TRY(card.random, read_random(fields.optional("random")));
    TONGKA_CHECK(fields.finish());
    return card;
}

Result<PsamProfile> read_psam(const Node& node) {
    PsamProfile psam;
    TONGKA_TRY(auto fields, Mapping::of(node, "psam"));
    TONGKA_CHECK(read_bytes(fields, "serial", psam.serial));
    TONGKA_CHECK(read_bytes(fields, "terminal", psam.terminal));
    TONGKA_TRY(const Node* keys, fields.required("keys"));
    TONGKA_TRY(psam.keys, read_keys(*keys, KeyForm::psam));
    TONGKA_TRY(psam.terminal_counter, read_number(fields, "terminal_counter", 0xFFFFFFFF));
    if (const Node* codes = fields.optional("accepted_codes")) {
        TONGKA_TRY(const auto* items, codes->as_list("accepted_codes"));
        for (const Node& item : *items) {
            TONGKA_TRY(auto code, read_bytes(item, "an accepted code", 1, 9));
            psam.accepted_codes.push_back(std::move(code));
        }
    }
    TONGKA_TRY(psam.random, read_random(fields.optional("random")));
    TONGKA_CHECK(fields.finish());
    return psam;
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

Result<Profile> parse_profile(const std::string& text, const std::string& name) {
    Profile profile;
    profile.digest = sha256({reinterpret_cast<const Byte*>(text.data()), text.size()});
    TONGKA_TRY(const Node root, document::parse(text, name));
    TONGKA_TRY(auto fields, Mapping::of(root, "a profile"));
    TONGKA_TRY(profile.name, fields.required_text("profile"));
    TONGKA_TRY(const Node* card, fields.required("card"));
    TONGKA_TRY(profile.card, read_card(*card));
    TONGKA_TRY(const Node* psam, fields.required("psam"));
    TONGKA_TRY(profile.psam, read_psam(*psam));
    TONGKA_TRY(profile.rules, read_rules(fields.optional("rules")));
    TONGKA_CHECK(fields.finish());
    return profile;
}

Result<Profile> load_profile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (!file)
        return fail(fmt::format("{}: cannot be read", path.string()));
    return parse_profile(text.str(), path.string());
}

} // namespace tongka::core
