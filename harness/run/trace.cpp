#include "harness/run/trace.hpp"

#include "core/dictionary/redact.hpp"
#include "core/hex.hpp"

namespace tongka::harness {

using core::dictionary::redact;
using core::dictionary::redact_response;

std::string_view place_in(const std::filesystem::path& folder, std::string_view place) {
    const auto prefix = (folder / "").native();
    return place.starts_with(prefix) ? place.substr(prefix.size()) : place;
}

std::uint64_t Trace::at(Moment moment) const {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(moment - start_).count());
}

void Trace::begin(const Case& test_case) {
    case_ = test_case.id;
    case_began_ = std::chrono::steady_clock::now();
    record_.append({{"kind", "begin"}, {"case", case_}, {"at", at(case_began_)}});
}

void Trace::reset(Role device, Phase phase, core::BytesView answer_to_reset) {
    record_.append({{"kind", "reset"},
                    {"case", case_},
                    {"device", name(device)},
                    {"phase", name(phase)},
                    {"at", at(std::chrono::steady_clock::now())},
                    {"atr", core::to_hex(answer_to_reset)}});
}

void Trace::exchange(Role device, const Position& position, Moment sent, Moment answered, core::BytesView command,
                     core::BytesView response, std::string_view reason, const std::vector<Exchange>& tpdus) {
    Json line = {{"kind", "exchange"},
                 {"case", case_},
                 {"device", name(device)},
                 {"phase", name(position.phase)},
                 {"step", position.step},
                 {"place", place_in(folder_, position.place)},
                 {"at", at(sent)},
                 {"us", at(answered) - at(sent)},
                 {"command", redact(command)},
                 {"response", redact_response(command, response)}};
    if (!reason.empty())
        line["reason"] = reason;
    if (tpdus.size() > 1)
        for (const auto& tpdu : tpdus)
            line["tpdus"].push_back(
                {{"command", redact(tpdu.command)}, {"response", redact_response(tpdu.command, tpdu.response)}});
    record_.append(std::move(line));
}

void Trace::check(const Position& position, const CheckResult& result, const std::optional<Words>& because,
                  const std::vector<std::string>& requirements) {
    Json line = {{"kind", "check"},
                 {"case", case_},
                 {"phase", name(position.phase)},
                 {"step", position.step},
                 {"place", place_in(folder_, position.place)},
                 {"pass", result.pass},
                 {"expected", result.expected},
                 {"received", result.received}};
    if (because)
        line["because"] = {{"zh", because->zh}, {"en", because->en}};
    if (!result.pass)
        line["message"] = result.message;
    if (!result.difference.empty())
        line["difference"] = result.difference;
    line["requirements"] = requirements;
    record_.append(std::move(line));
}

void Trace::end(const CaseResult& result) {
    const auto now = std::chrono::steady_clock::now();
    Json line = {{"kind", "verdict"}, {"case", case_}, {"verdict", name(result.verdict)}};
    if (result.verdict == Verdict::fail)
        line["observation"] = result.observation;
    if (!result.reason.empty())
        line["reason"] = result.reason;
    if (!result.cleanup.empty())
        line["cleanup"] = result.cleanup;
    line["checks"] = result.checks;
    line["at"] = at(now);
    line["us"] = at(now) - at(case_began_);
    record_.append(std::move(line));
}

} // namespace tongka::harness
