#include "core/bcd.hpp"
#include "core/message/response_code.hpp"
#include "simulator/issuer/service/load_form.hpp"
#include "simulator/issuer/service/service.hpp"

namespace tongka::simulator {

using core::Byte;

namespace {

core::message::Values state_reply(LoadState state) {
    return core::message::Values().set("response-code", 0, 1).set("state", static_cast<Byte>(state), 1);
}

} // namespace

Service::Answer Service::load_request(const Values& values) {
    const LoadRequest request = read_load_request(values);
    TONGKA_TRY(const auto decision, host_.authorise(request));
    if (const auto* refusal = std::get_if<Refusal>(&decision))
        return code_of(*refusal);
    const auto& granted = std::get<Authorisation>(decision);
    const bool changed = deviations_.has(HostDeviation::reply_amount_changed);
    core::Bytes named = core::to_bytes(request.answer.random);
    if (deviations_.has(HostDeviation::repeat_executed_again))
        named = core::to_bytes(moment()); // each time an authorisation of its own
    TONGKA_TRY(const auto number, terminals_.authorisation({request.asn, request.type, request.answer.counter}, named));
    // The load key is released and the amount granted in one step: both serial numbers are the same (inferred).
    TONGKA_TRY(const auto serial, core::to_bcd(number, 5));
    return Values()
        .set("response-code", 0, 1)
        .set("date-time", granted.date_time)
        .set("amount", changed ? request.amount + 1 : request.amount, 4)
        .set("mac2", granted.mac2)
        .set("settle-date", core::BytesView(granted.date_time).first(4))
        .set("key-authorisation", serial)
        .set("amount-authorisation", serial);
}

Service::Answer Service::load_result(const Values& values) {
    TONGKA_TRY(const auto decision, host_.confirm(read_load_name(values), values.array<4>("tac"),
                                                  static_cast<std::uint32_t>(values.number("new-balance"))));
    if (const auto* refusal = std::get_if<Refusal>(&decision))
        return code_of(*refusal);
    return state_reply(std::get<LoadState>(decision));
}

Service::Answer Service::load_inquiry(const Values& values) {
    TONGKA_TRY(auto open, host_.open_load(values.array<8>("asn"), values.byte("type")));
    if (deviations_.has(HostDeviation::inquiry_finds_nothing))
        open.reset();
    const OpenLoad load = open.value_or(OpenLoad{});
    return Values()
        .set("response-code", 0, 1)
        .set("open", open ? 1 : 0, 1)
        .set("counter", load.counter, 2)
        .set("prove-counter", load.prove_counter, 2)
        .set("amount", load.amount, 4)
        .set("challenge", load.challenge);
}

Service::Answer Service::load_settlement(const Values& values) {
    const auto evidence = read_evidence(values);
    if (!evidence)
        return Code::no_such_evidence;
    TONGKA_TRY(const auto decision, host_.resolve(read_load_name(values), *evidence));
    if (const auto* refusal = std::get_if<Refusal>(&decision))
        return code_of(*refusal);
    return state_reply(std::get<LoadState>(decision));
}

} // namespace tongka::simulator
