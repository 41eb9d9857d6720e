#include <cstdlib>

#include "core/random.hpp"
#include "simulator/issuer/card_issuer.hpp"

using namespace tongka;

namespace {

// The first byte of an input chooses the card; what follows is a list of pieces: a length and so many bytes of a command,
// or one of these instead of the length.
constexpr core::Byte warm_reset = 0xFF;
constexpr core::Byte cold_reset = 0xFE;
constexpr core::Byte cut = 0xFD; ///< the next byte: how many writes from now; its high bit: after the write

enum Choice : core::Byte {
    blank = 1,
    contact = 2,
    open_gates = 4, ///< MACs and rights go unchecked, so that what lies behind them is reached without keys
    with_deposit = 8,
};

core::Profile profile_of(core::Byte choice) {
    static const core::Profile whole =
        core::load_profile(std::string(TONGKA_SOURCE_DIR) + "/testcases/profiles/city-union.yaml").value();
    core::Profile profile = whole;
    profile.card.memory = 8192;
    if (choice & contact)
        profile.card.interface = core::CardInterface::contact;
    if (choice & with_deposit)
        profile.card.ed = core::PurseProfile{.balance = 1000};
    profile.card.ep.balance = 1000;
    return profile;
}

simulator::Deviations deviations_of(core::Byte choice) {
    using enum simulator::Deviation;
    simulator::Deviations deviations;
    if (choice & open_gates)
        for (const auto deviation :
             {access_rights_ignored, authentication_unchecked, load_mac2_unchecked, message_mac_unchecked,
              overdraft_mac2_unchecked, purchase_mac1_unchecked, unload_mac2_unchecked})
            deviations.add(deviation);
    return deviations;
}

void demand(bool holds) {
    if (!holds)
        std::abort();
}

/// What must hold of a card with power, whatever it was sent.
void check(simulator::Card& card) {
    simulator::Files again(card.memory());
    again.mount();
    demand(again.count() == card.files().count()); // what is remembered of the files is what stands in memory
    for (std::size_t i = 0; i < again.count(); ++i) {
        const auto index = static_cast<simulator::FileIndex>(i);
        demand(core::equal(again.content(index), card.files().content(index)));
    }
}

} // namespace

// Any byte string gets a status word, and the card stays whole, also when its power is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    core::BytesView input{data, size};
    if (input.empty())
        return 0;
    const core::Byte choice = input[0];
    input = input.subspan(1);
    const auto card =
        simulator::make_card(profile_of(choice), std::make_unique<core::SeededRandom>(1), deviations_of(choice),
                             choice & blank ? simulator::Issue::blank : simulator::Issue::personalised)
            .value();
    (void)card->power_on();
    while (!input.empty()) {
        const core::Byte piece = input[0];
        input = input.subspan(1);
        if (piece == warm_reset) {
            (void)card->reset();
        } else if (piece == cold_reset) {
            card->power_off();
            demand(!card->power_on().empty());
        } else if (piece == cut) {
            const core::Byte at = input.empty() ? core::Byte{0} : input[0];
            input = input.subspan(input.empty() ? 0 : 1);
            card->cut_power_at(simulator::Chip::Cut{at & 0x7FU, (at & 0x80) != 0});
        } else {
            const auto command = input.first(std::min<std::size_t>(piece, input.size()));
            input = input.subspan(command.size());
            const auto answer = card->exchange(command);
            if (answer.empty())
                demand(!card->power_on().empty()); // a cut took the power
            else
                demand(answer.size() >= 2 && answer.size() <= 258);
        }
    }
    check(*card);
    return 0;
}
