#include <fmt/format.h>

#include "harness/run/case_runner.hpp"
#include "harness/run/hands.hpp"

namespace tongka::harness {

/// The hands of one phase.
class CaseRunner::OwnHands final : public Hands {
public:
    OwnHands(CaseRunner& runner, Phase phase) : runner_(runner), phase_(phase) {}

    [[nodiscard]] core::Result<core::Bytes> send(Role device, core::BytesView command, bool raw,
                                                 const std::string& place) override {
        TONGKA_CHECK(may_go_on(device));
        const Step step = next(device, place);
        core::Bytes answer;
        if (auto stop = runner_.exchange(step, command, raw, path_, answer))
            return end(std::move(*stop));
        return answer;
    }

    [[nodiscard]] core::Result<void> tear(Role device, core::BytesView command, Tear where,
                                          const std::string& place) override {
        TONGKA_CHECK(may_go_on(device));
        const Step step = next(device, place);
        if (!runner_.devices_.at(device)->can_be_torn())
            return end(
                {.inconclusive = true,
                 .reason = {"设备不能在写入存储器时断电", "the device cannot be torn at a write to its memory"}});
        if (auto stop = runner_.tear(step, where, path_, command))
            return end(std::move(*stop));
        return {};
    }

    [[nodiscard]] core::Result<void> reset(Role device) override {
        TONGKA_CHECK(may_go_on(device));
        if (auto stop = runner_.reset(device))
            return end(std::move(*stop));
        return {};
    }

    [[nodiscard]] core::Result<std::map<std::string, Value>>
    call(const Procedure& procedure, const std::map<std::string, Value>& with, const std::string& place) override {
        for (const Role role : procedure.devices)
            TONGKA_CHECK(may_go_on(role));
        const Step step = next(procedure.devices.front(), place);
        Environment environment(runner_.lookup_);
        for (const auto& slot : procedure.params) {
            const auto given = with.find(slot.name());
            if (given == with.end())
                return give_up_with(place, fmt::format("{} needs '{}'", procedure.name, slot.name()));
            const auto type = type_of(given->second);
            if (type.is_key() != slot.type.is_key() || type.width != slot.type.width)
                return give_up_with(place, fmt::format("'{}' of {} must be {}, but is {}", slot.name(), procedure.name,
                                                       to_string(slot.type), to_string(type)));
            TONGKA_CHECK(environment.bind(slot.name(), given->second));
        }
        if (environment.size() != with.size())
            return give_up_with(place, fmt::format("{} has {} parameters, not {}", procedure.name,
                                                   procedure.params.size(), with.size()));
        runner_.calls_.push_back(&step);
        auto stop = runner_.run_steps(procedure.steps, path_ + "/" + procedure.name, environment);
        runner_.calls_.pop_back();
        if (stop)
            return end(std::move(*stop));
        std::map<std::string, Value> returned;
        for (const auto& slot : procedure.returns)
            if (const auto* value = environment.find(slot.name()))
                returned.emplace(slot.name(), *value);
        return returned;
    }

    void check(const CheckResult& result, const std::string& place, const std::optional<Words>& because,
               const std::vector<std::string>& requirements) override {
        if (stop_)
            return;
        if (path_.empty())
            path_ = fmt::format("{}[0]", name(phase_));
        const Step step{.place = place,
                        .device = runner_.case_->devices.front(),
                        .because = because,
                        .requirements = requirements,
                        .action = Reset{}};
        stop_ = runner_.record_check(step, path_, result);
    }

    void give_up(const Words& reason) override {
        if (!stop_)
            stop_ = Stop{.reason = reason};
    }
    void leave_open(const Words& reason) override {
        if (!stop_)
            stop_ = Stop{.inconclusive = true, .reason = reason};
    }
    [[nodiscard]] bool is_over() const override { return stop_.has_value(); }
    [[nodiscard]] Lookup& lookup() override { return runner_.lookup_; }

    [[nodiscard]] std::optional<Stop> stop() && { return std::move(stop_); }

private:
    [[nodiscard]] core::Result<void> may_go_on(Role device) const {
        if (stop_)
            return core::fail(stop_->reason.en);
        if (runner_.devices_.at(device) == nullptr)
            return core::fail(fmt::format("the case has no {}", name(device)));
        return {};
    }

    [[nodiscard]] Step next(Role device, const std::string& place) {
        path_ = fmt::format("{}[{}]", name(phase_), steps_++);
        return {.place = place, .device = device, .action = Reset{}};
    }

    [[nodiscard]] tl::unexpected<core::Error> end(Stop stop) {
        stop_ = std::move(stop);
        return core::fail(stop_->reason.en);
    }
    [[nodiscard]] tl::unexpected<core::Error> give_up_with(const std::string& place, const std::string& message) {
        return end(Stop::of(core::Error{message}.at(place)));
    }

    CaseRunner& runner_;
    Phase phase_;
    std::string path_{}; ///< of the last thing done
    std::size_t steps_ = 0;
    std::optional<Stop> stop_{};
};

std::optional<CaseRunner::Stop> CaseRunner::run_program(Phase phase) {
    OwnHands hands(*this, phase);
    case_->program(hands, phase == Phase::setup   ? ProgramPart::setup
                          : phase == Phase::steps ? ProgramPart::steps
                                                  : ProgramPart::cleanup);
    return std::move(hands).stop();
}

} // namespace tongka::harness
