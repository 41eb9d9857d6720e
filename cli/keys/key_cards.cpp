#include "cli/keys/key_cards.hpp"

#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "cli/pass_phrase.hpp"
#include "core/hex.hpp"
#include "core/keys/memory_store.hpp"
#include "simulator/chip/state_file.hpp"
#include "simulator/key_cards/key_card_issuer.hpp"
#include "simulator/key_cards/receive_keys.hpp"

namespace tongka::cli {
namespace {

using simulator::AuthenticationCard;
using simulator::MotherCard;

core::Result<core::Bytes> read_pin(const std::string& file, Asked asked) {
    TONGKA_TRY(const auto text, get_pass_phrase(file, "the PIN of the authentication card", asked));
    auto pin = core::from_hex(text_of(text));
    if (!pin || pin->size() < 2 || pin->size() > 6)
        return core::fail("the PIN of an authentication card is 4 to 12 digits, an even number");
    return std::move(*pin);
}

core::Result<void> keep(simulator::SmartCard& card, std::string_view kind, core::Algorithm algorithm,
                        const std::string& file) {
    TONGKA_TRY(auto state, simulator::StateFile::open(file, fmt::format("{} {}", kind, core::name(algorithm))));
    return card.keep_in(std::move(state));
}

/// The card in a state file: the file's identity tells its algorithm.
template <typename Card>
core::Result<std::unique_ptr<Card>> open(std::string_view kind, const std::string& file) {
    if (!std::filesystem::exists(file))
        return core::fail(fmt::format("{}: there is no such file", file));
    core::Result<void> kept;
    for (const auto algorithm : {core::Algorithm::sm4, core::Algorithm::triple_des}) {
        auto card = std::make_unique<Card>(algorithm, std::make_unique<core::SystemRandom>());
        kept = keep(*card, kind, algorithm, file);
        if (kept) {
            (void)card->power_on();
            return card;
        }
    }
    return core::fail(kept.error());
}

simulator::Transmit line_to(simulator::SmartCard& card) {
    return [&card](core::BytesView command) -> core::Result<core::Bytes> {
        return core::to_bytes(card.exchange(command));
    };
}

} // namespace

void KeyCardsOption::add_to(CLI::App& command) {
    command.add_option("--mother-card", mother, "State file of the mother card, which carries the keys")
        ->type_name("FILE");
    command.add_option("--authentication-card", authentication, "State file of the card that opens it")
        ->type_name("FILE");
    command.add_option("--pin-file", pin_file, "The PIN of the authentication card is the first line of this file")
        ->type_name("FILE");
}

core::Result<std::string> KeyCardsOption::write(const core::KeyOwner& city, const std::vector<core::KeyEntry>& keys,
                                                core::Random& random) const {
    if (mother.empty() || authentication.empty())
        return core::fail("--mother-card and --authentication-card go together");
    for (const auto& file : {mother, authentication})
        if (std::filesystem::exists(file))
            return core::fail(fmt::format("{}: there is such a file already", file));
    TONGKA_TRY(const auto pin, read_pin(pin_file, Asked::twice));
    const auto algorithm = keys.front().record.algorithm;
    TONGKA_TRY(const auto pair, simulator::new_card_pair(*city.city, algorithm, random));
    const auto card_random = [] { return std::make_unique<core::SystemRandom>(); };
    TONGKA_TRY(const auto mother_card, simulator::make_mother_card(pair, keys, card_random(), random));
    TONGKA_TRY(const auto opener, simulator::make_authentication_card(pair, pin, card_random(), random));
    auto kept = keep(*mother_card, "mother card", algorithm, mother);
    if (kept)
        kept = keep(*opener, "authentication card", algorithm, authentication);
    if (!kept) {
        std::error_code ignored;
        std::filesystem::remove(mother, ignored);
        std::filesystem::remove(authentication, ignored);
        return core::fail(kept.error());
    }
    return fmt::format("{}: {} keys of {}, opened by {}\n", mother, keys.size(), core::to_text(city), authentication);
}

core::Result<std::vector<core::KeyEntry>> KeyCardsOption::read(core::KeyOwner& city, core::Random& random) const {
    if (mother.empty() || authentication.empty())
        return core::fail("--mother-card and --authentication-card go together");
    TONGKA_TRY(const auto mother_card, open<MotherCard>("mother card", mother));
    TONGKA_TRY(const auto opener, open<AuthenticationCard>("authentication card", authentication));
    TONGKA_TRY(const auto pin, read_pin(pin_file, Asked::once));
    // Type 1, city 2, number of the pair 8.
    const auto information = core::to_bytes(mother_card->exchange(core::from_hex("00B095000B").value()));
    if (information.size() != 13)
        return core::fail(fmt::format("{}: the mother card does not tell its city", mother));
    city.city = {information[1], information[2]};
    core::MemoryKeyStore received(city);
    TONGKA_CHECK(simulator::receive_keys(line_to(*mother_card), line_to(*opener), pin, random, received));
    std::vector<core::KeyEntry> keys;
    for (const auto& record : received.records()) {
        TONGKA_TRY(auto key, received.release(record.name));
        keys.push_back({record, std::move(key)});
    }
    return keys;
}

} // namespace tongka::cli
