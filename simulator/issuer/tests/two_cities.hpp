#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "core/keys/key_store.hpp"
#include "simulator/issuer/key_system.hpp"
#include "simulator/issuer/sam_issuer.hpp"
#include "simulator/issuer/sam_renewal.hpp"
#include "simulator/terminal/purchase.hpp"

namespace tongka::simulator {

/// The line of a terminal to a chip in this process; 61xx is followed.
inline Transmit line_to(Chip& chip) {
    return [&chip](core::BytesView command) -> core::Result<core::Bytes> {
        core::Bytes sent = core::to_bytes(command);
        core::Command parsed = core::parse_command(sent).value();
        const bool t0 = chip.uid().empty();
        if (t0 && parsed.ne && !parsed.data.empty())
            sent.pop_back(); // T=0 has no Le behind data
        core::Bytes answer = core::to_bytes(chip.exchange(sent));
        if (answer.size() == 2 && answer[0] == 0x61)
            answer = core::to_bytes(chip.exchange(core::Bytes{0x00, 0xC0, 0x00, 0x00, answer[1]}));
        return answer;
    };
}
inline Transmit transmit_to(Chip& chip) {
    return [&chip](core::BytesView command) -> core::Result<core::Bytes> {
        return core::to_bytes(chip.exchange(command));
    };
}

struct IssuedCard {
    std::string name;
    core::Profile profile;
    std::unique_ptr<Card> card;
};
struct IssuedPsam {
    std::string name;
    core::Profile profile;
    std::unique_ptr<Psam> psam;
};

/// The layout that everything here is issued with; its keys are replaced by those of the store.
inline core::Profile layout(const core::KeyStore& store, const core::Sample& sample) {
    const bool sm4 = store.records().front().algorithm == core::Algorithm::sm4;
    const std::string name = sm4 ? "sm4" : "city-union";
    return core::load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/" + name + ".yaml", sample).value();
}

/// A card with 100 yuan in it, its keys from the store.
inline IssuedCard issue_card(core::KeyStore& store, const std::string& city, unsigned number, const std::string& name) {
    core::Sample sample;
    core::Bytes asn = core::from_hex(city + "000000000000").value();
    asn[7] = static_cast<core::Byte>(number);
    std::ranges::copy(asn, sample.asn.emplace().begin());
    std::copy_n(asn.begin(), 2, sample.city.emplace().begin());
    IssuedCard issued{name, layout(store, sample), nullptr};
    EXPECT_TRUE(give_card_keys(issued.profile, store));
    issued.profile.card.ep.balance = 10000;
    issued.card = make_card(issued.profile, std::make_unique<core::SeededRandom>(number)).value();
    (void)issued.card->power_on();
    return issued;
}

inline IssuedPsam issue_psam(core::KeyStore& store, const std::string& city, unsigned number, const std::string& name) {
    core::Sample sample;
    core::Bytes serial = core::from_hex(city + "0000000000000000").value();
    serial[9] = static_cast<core::Byte>(number);
    std::ranges::copy(serial, sample.sam_serial.emplace().begin());
    IssuedPsam issued{name, layout(store, sample), nullptr};
    const core::Bytes code = core::from_hex(city).value();
    EXPECT_TRUE(give_psam_keys(issued.profile, store, std::span<const core::Byte, 2>(code.data(), 2)));
    issued.psam = make_psam(issued.profile, std::make_unique<core::SeededRandom>(1000 + number)).value();
    (void)issued.psam->power_on();
    return issued;
}

/// A purchase of 1 yuan; what the terminal keeps of it.
inline core::Result<PurchaseRecord> pay(IssuedCard& card, IssuedPsam& psam) {
    (void)card.card->reset();
    (void)psam.psam->reset();
    return purchase(line_to(*card.card), line_to(*psam.psam),
                    {.amount = 100, .date_time = {0x20, 0x26, 0x11, 0x22, 0x12, 0x00, 0x00}});
}

} // namespace tongka::simulator
