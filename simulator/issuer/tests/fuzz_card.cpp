#include "core/random.hpp"
#include "simulator/issuer/card_issuer.hpp"
#include "simulator/issuer/tests/fuzz_pieces.hpp"

using namespace tongka;

namespace {

// The first byte of an input chooses the card; pieces follow (fuzz_pieces.hpp).
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
    fuzz::play(*card, input, [] {});
    return 0;
}
