#include "simulator/issuer/host/load_host.hpp"

#include <chrono>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/crypto/derivation.hpp"
#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using core::Byte;
using core::fail;
using core::Result;

constexpr Byte ed_load = 0x01;
constexpr Byte ep_load = 0x02;
constexpr std::chrono::hours china_standard_time{8};

std::array<Byte, 7> date_time_of(core::Clock::Time time) {
    const auto local = core::to_bcd(std::chrono::floor<std::chrono::seconds>(time) + china_standard_time);
    std::array<Byte, 7> bytes{};
    std::ranges::copy(local.date, bytes.begin());
    std::ranges::copy(local.time, bytes.begin() + 4);
    return bytes;
}

core::Bytes four(std::uint32_t amount) {
    return core::big_endian(amount, 4);
}

} // namespace

Result<InitializeAnswer> InitializeAnswer::parse(core::BytesView data) {
    if (data.size() != size)
        return fail(fmt::format("INITIALIZE FOR LOAD answers {} bytes, not {}", size, data.size()));
    InitializeAnswer answer{.old_balance = static_cast<std::uint32_t>(core::read_big_endian(data.first(4))),
                            .counter = static_cast<std::uint16_t>(core::read_big_endian(data.subspan(4, 2))),
                            .key_version = data[6],
                            .algorithm = data[7]};
    std::ranges::copy(data.subspan(8, 4), answer.random.begin());
    std::ranges::copy(data.subspan(12, 4), answer.mac1.begin());
    return answer;
}

Result<core::Key> LoadHost::key(std::string_view kind, Byte index, Byte version, const Asn& asn) const {
    auto found = keys_(kind, index, version, asn);
    if (!found)
        return fail(found.error().at(
            fmt::format("key {}.{:02X} version {:02X} of card {}", kind, index, version, core::to_hex(asn))));
    return found;
}

Result<Decision<core::Cipher>> LoadHost::session(const LoadRequest& request) {
    const InitializeAnswer& answer = request.answer;
    TONGKA_TRY(const auto load_key, key("DLK", request.key_index, answer.key_version, request.asn));
    if (core::algorithm_of(answer.algorithm) != load_key.algorithm())
        return Refusal::wrong_algorithm;
    std::array<Byte, 8> input{}; // random 4, online counter 2, 8000 (standards.md 5.1)
    std::ranges::copy(answer.random, input.begin());
    core::write_big_endian(std::span(input).subspan(4, 2), answer.counter);
    input[6] = 0x80;
    core::Cipher cipher(core::session_key(load_key, input));
    const Byte type[] = {request.type};
    const auto mac1 =
        core::transaction_mac(cipher, {four(answer.old_balance), four(request.amount), type, request.terminal});
    if (!core::mac_equals(mac1, answer.mac1) && !deviations_.has(HostDeviation::mac1_unchecked)) {
        TONGKA_CHECK(accounts_.count_wrong_mac1(request.asn));
        return Refusal::wrong_mac1;
    }
    return cipher;
}

Result<Decision<Authorisation>> LoadHost::authorise(const LoadRequest& request) {
    if (request.type != ed_load && request.type != ep_load)
        return Refusal::wrong_type;
    if (request.amount == 0)
        return Refusal::wrong_amount;
    TONGKA_TRY(const auto card, accounts_.card(request.asn));
    if (!card)
        return Refusal::unknown_card;
    if (card->blocked)
        return Refusal::card_blocked;
    if (card->city != request.city)
        return Refusal::other_city;
    TONGKA_TRY(const auto begun, session(request));
    if (const auto* refused = std::get_if<Refusal>(&begun))
        return *refused;
    const std::uint32_t limit = rules_.is(core::Rule::balance_limit, "FFFFFF") ? 0x00FFFFFF : 0xFFFFFFFF;
    if (request.amount > limit - std::min(limit, request.answer.old_balance))
        return Refusal::over_balance_limit;

    Load load{.name = {.asn = request.asn, .type = request.type, .counter = request.answer.counter},
              .random = request.answer.random,
              .key_index = request.key_index,
              .key_version = request.answer.key_version,
              .algorithm = request.answer.algorithm,
              .amount = request.amount,
              .terminal = request.terminal,
              .date_time = date_time_of(clock_.now()),
              .old_balance = request.answer.old_balance};
    random_.fill(load.challenge);
    TONGKA_TRY(const auto decided, accounts_.hold(load));
    if (const auto* refused = std::get_if<Refusal>(&decided))
        return *refused;
    const auto& held = std::get<Load>(decided);
    const Byte type[] = {request.type};
    return Authorisation{.date_time = held.date_time,
                         .mac2 = core::transaction_mac(std::get<core::Cipher>(begun),
                                                       {four(request.amount), type, request.terminal, held.date_time})};
}

Result<bool> LoadHost::tac_is_right(const Load& load, const core::Mac& tac, std::uint32_t new_balance) const {
    if (deviations_.has(HostDeviation::tac_unchecked))
        return true;
    TONGKA_TRY(const auto tac_key, key("DTK", 0x00, load.key_version, load.name.asn));
    const bool before = rules_.is(core::Rule::load_tac_counter, "before");
    const auto counter = core::big_endian(load.name.counter + (before ? 0U : 1U), 2);
    const Byte type[] = {load.name.type};
    return core::mac_equals(
        core::transaction_mac(core::tac_key(tac_key),
                              {four(new_balance), counter, four(load.amount), type, load.terminal, load.date_time}),
        tac);
}

bool LoadHost::balance_fits(const Load& load, std::uint32_t new_balance) const {
    const std::uint64_t most = std::uint64_t{load.old_balance} + load.amount;
    if (rules_.is(core::Rule::overdraft_balance, "included"))
        return new_balance == most;
    // What was overdrawn shows as balance 0 and is paid back first (standards.md 9 row 21).
    return new_balance == most || (load.old_balance == 0 && new_balance < most);
}

Result<Decision<LoadState>> LoadHost::confirm(const LoadName& name, const core::Mac& tac, std::uint32_t new_balance) {
    TONGKA_TRY(const auto load, accounts_.find(name));
    if (!load)
        return Refusal::unknown_load;
    if (load->state == LoadState::cancelled)
        return Refusal::load_cancelled;
    TONGKA_TRY(const bool authentic, tac_is_right(*load, tac, new_balance));
    const bool right = authentic && balance_fits(*load, new_balance);
    if (load->state == LoadState::booked) {
        if (!right)
            return Refusal::wrong_tac;
        return LoadState::booked;
    }
    if (right) {
        TONGKA_CHECK(accounts_.book(name, tac, new_balance));
        return LoadState::booked;
    }
    if (load->state == LoadState::authorised)
        TONGKA_CHECK(accounts_.dispute(name));
    return LoadState::disputed;
}

Result<std::optional<OpenLoad>> LoadHost::open_load(const Asn& asn, Byte type) {
    TONGKA_TRY(const auto load, accounts_.open_load(asn, type));
    if (!load)
        return std::nullopt;
    const unsigned step = rules_.is(core::Rule::prove_counter, "before") ? 0 : 1;
    return OpenLoad{.counter = load->name.counter,
                    .prove_counter = static_cast<std::uint16_t>(load->name.counter + step),
                    .amount = load->amount,
                    .challenge = load->challenge};
}

Result<Decision<LoadState>> LoadHost::resolve(const LoadName& name, const Evidence& evidence) {
    TONGKA_TRY(const auto load, accounts_.find(name));
    if (!load)
        return Refusal::unknown_load;
    if (!load->open())
        return load->state;
    if (const auto* tac = std::get_if<TacEvidence>(&evidence))
        return resolve_by(*load, *tac);
    return resolve_by(*load, std::get<InitializeEvidence>(evidence));
}

Result<Decision<LoadState>> LoadHost::resolve_by(const Load& load, const TacEvidence& evidence) {
    const std::uint32_t new_balance = load.old_balance + load.amount;
    TONGKA_TRY(const bool right, tac_is_right(load, evidence.tac, new_balance));
    if (!right)
        return load.state;
    TONGKA_CHECK(accounts_.book(load.name, evidence.tac, new_balance));
    return LoadState::booked;
}

Result<Decision<LoadState>> LoadHost::resolve_by(const Load& load, const InitializeEvidence& evidence) {
    TONGKA_TRY(const auto begun, session({.asn = load.name.asn,
                                          .type = load.name.type,
                                          .key_index = evidence.key_index,
                                          .amount = evidence.amount,
                                          .terminal = load.challenge,
                                          .answer = evidence.answer}));
    if (const auto* refused = std::get_if<Refusal>(&begun))
        return *refused;
    const bool not_taken =
        evidence.answer.counter == load.name.counter && evidence.answer.old_balance <= load.old_balance;
    if (!not_taken && !deviations_.has(HostDeviation::refund_without_evidence))
        return load.state;
    TONGKA_CHECK(accounts_.cancel(load.name));
    return LoadState::cancelled;
}

} // namespace tongka::simulator
