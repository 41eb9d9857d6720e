#include "simulator/interconnection/members.hpp"

#include <algorithm>

#include "core/hex.hpp"
#include "core/profile/city_layout.hpp"
#include "simulator/interconnection/line.hpp"
#include "simulator/issuer/key_system.hpp"
#include "simulator/issuer/sam_issuer.hpp"
#include "simulator/terminal/ask.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Byte;
using core::Bytes;

constexpr std::uint32_t full_purse = 0xFFFFFF; // the most that every rule of the balance limit allows
constexpr BcdDate start{0x20, 0x26, 0x01, 0x01};
constexpr BcdDate expiry{0x20, 0x36, 0x12, 0x31};
constexpr BcdDate expired{0x20, 0x26, 0x12, 0x31}; // before the first round

std::unique_ptr<core::Random> random_of(const NetworkPlan& plan, std::size_t city, unsigned device) {
    return std::make_unique<core::SeededRandom>((plan.seed * 1000003 + city) * 16 + device);
}

BcdDate bcd_date(core::BytesView data, std::size_t at) {
    BcdDate date{};
    std::ranges::copy(data.subspan(at, date.size()), date.begin());
    return date;
}

/// File 0015 with this interop flag (offset 10).
void set_interop(core::CardProfile& card, CityCode flag) {
    const auto file = std::ranges::find(card.files, std::uint16_t{0x0015}, &core::FileProfile::id);
    std::ranges::copy(flag, file->content.at(0).begin() + 10);
}

} // namespace

CityFaults::CityFaults(const NetworkPlan& plan, std::size_t city) {
    for (const PlantedFault& planted : plan.faults)
        if (planted.city == city)
            faults_.push_back(planted.fault);
}

bool CityFaults::has(Fault fault) const {
    return std::ranges::find(faults_, fault) != faults_.end();
}

core::Result<MemberCard> issue_member_card(const NetworkPlan& plan, std::size_t city, core::KeyStore& store,
                                           unsigned number) {
    const City& home = plan.cities[city];
    const CityFaults faults(plan, city);
    core::Profile profile = plan.profile;
    core::CardProfile& card = profile.card;
    // City 2, main and sub type, serial number 4 (standards.md 3.3).
    card.asn = {home.code[0], home.code[1], 0x01, 0x01, 0x00, 0x00, 0x00, static_cast<Byte>(number)};
    card.city = home.code;
    card.chip_serial = {};
    std::copy(card.asn.end() - 4, card.asn.end(), card.chip_serial.end() - 4);
    card.start_date = start;
    card.expiry_date = faults.has(Fault::expired_card) ? expired : expiry;
    card.ep = {.balance = full_purse};
    card.files = core::city_layout(card);
    set_interop(card, home.interop);
    TONGKA_CHECK(give_card_keys(profile, store));

    Deviations deviations;
    if (faults.has(Fault::wrong_tac))
        deviations.add(Deviation::tac_without_terminal);
    MemberCard member{.asn = card.asn, .card = nullptr, .home = std::nullopt, .balance = full_purse};
    TONGKA_TRY(member.card, make_card(profile, random_of(plan, city, number), deviations));
    TONGKA_TRY(member.home, HomeKeys::derive(store, member.asn));
    (void)member.card->power_on();
    return member;
}

core::Result<MemberTerminal> issue_member_terminal(const NetworkPlan& plan, std::size_t city,
                                                   core::KeyStore& national) {
    const City& home = plan.cities[city];
    const CityFaults faults(plan, city);
    MemberTerminal member;
    member.number = {home.code[0], home.code[1], 0x00, 0x00, 0x00, 0x01};
    member.profile = plan.profile;
    core::PsamProfile& psam = member.profile.psam;
    psam.serial = {home.code[0], home.code[1], 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01};
    psam.terminal = member.number;
    psam.start_date = start;
    psam.expiry_date = faults.has(Fault::expired_psam) ? expired : expiry;
    TONGKA_CHECK(give_psam_keys(member.profile, national, home.code));
    TONGKA_TRY(member.psam, make_psam(member.profile, random_of(plan, city, 0)));
    (void)member.psam->power_on();

    const Transmit line = terminal_line(*member.psam);
    TONGKA_CHECK(ask(line, "PSAM", "SELECT the application", "00A4040006BDA8C9E8B2BF00"_hex));
    TONGKA_TRY(const Bytes data, ask(line, "PSAM", "READ BINARY 0017", "00B0970019"_hex, 25));
    member.tables.psam_start = bcd_date(data, 17);
    member.tables.psam_expiry = bcd_date(data, 21);
    member.tables.city = home.code;
    for (std::size_t other = 0; other < plan.cities.size(); ++other)
        if (!faults.has(Fault::missing_in_white_list) || other != left_out(city, plan.cities.size()))
            member.tables.white_list.push_back(plan.cities[other].code);
    std::ranges::sort(member.tables.white_list);
    return member;
}

} // namespace tongka::simulator
