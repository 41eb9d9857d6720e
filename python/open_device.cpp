#include "python/open_device.hpp"

#include <utility>

#include <fmt/format.h>

#include "core/dictionary/redact.hpp"

namespace tongka::python {
namespace {

using core::Bytes;
using core::BytesView;
using core::Result;
using Clock = std::chrono::steady_clock;

class Lent final : public harness::Device {
public:
    explicit Lent(std::shared_ptr<OpenDevice> owner) : owner_(std::move(owner)) {
        // The identity is asked for without an Error to tell: a closed device has shown its own.
        if (const auto known = owner_->with_device(
                [](harness::Device& device) { return Result<harness::Identity>(device.identity()); }))
            identity_ = *known;
        else
            identity_.spec = owner_->spec();
    }

    [[nodiscard]] const harness::Identity& identity() const override { return identity_; }
    [[nodiscard]] Result<void> reset() override {
        return owner_->with_device([](harness::Device& device) { return device.reset(); });
    }
    [[nodiscard]] Result<Bytes> answer_to_reset() override {
        return owner_->with_device([](harness::Device& device) { return device.answer_to_reset(); });
    }
    [[nodiscard]] Result<Bytes> transmit(BytesView command) override {
        return owner_->with_device([&](harness::Device& device) -> Result<Bytes> {
            auto answer = device.transmit(command);
            reason_ = device.last_reason();
            delay_ = device.pretended_delay();
            return answer;
        });
    }
    [[nodiscard]] std::string_view last_reason() const override { return reason_; }
    [[nodiscard]] std::chrono::microseconds pretended_delay() const override { return delay_; }
    [[nodiscard]] Result<void> tear(std::optional<harness::Tear> where) override {
        return owner_->with_device([&](harness::Device& device) { return device.tear(where); });
    }
    [[nodiscard]] Result<void> renew() override {
        return owner_->with_device([](harness::Device& device) { return device.renew(); });
    }
    [[nodiscard]] bool can_be_torn() const override {
        return says([](const harness::Device& device) { return device.can_be_torn(); });
    }
    [[nodiscard]] bool can_be_renewed() const override {
        return says([](const harness::Device& device) { return device.can_be_renewed(); });
    }
    [[nodiscard]] bool is_real() const override {
        return says([](const harness::Device& device) { return device.is_real(); });
    }

private:
    template <typename Question>
    [[nodiscard]] bool says(Question question) const {
        const auto said = owner_->with_device([&](harness::Device& device) { return Result<bool>(question(device)); });
        return said && *said;
    }

    std::shared_ptr<OpenDevice> owner_;
    harness::Identity identity_{};
    std::string reason_{};
    std::chrono::microseconds delay_{};
};

} // namespace

Result<Bytes> OpenDevice::send(BytesView command, How how) {
    return with_device([&](harness::Device& device) -> Result<Bytes> {
        const auto sent = keep_ > 0 ? Clock::now() : Clock::time_point{};
        auto answer = how == How::raw ? device.transmit(command) : harness::send_apdu(device, command, tpdus_);
        if (keep_ > 0)
            note(command, answer ? BytesView(*answer) : BytesView{},
                 answer ? device.last_reason() : std::string_view(answer.error().message),
                 std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - sent));
        if (!answer)
            return core::fail(
                fmt::format("{}: {}: {}", spec_, core::dictionary::redact(command), answer.error().message));
        return answer;
    });
}

void OpenDevice::note(BytesView command, BytesView response, std::string_view reason, std::chrono::microseconds us) {
    reports::Exchange exchange{.device = std::string(name(role_)),
                               .phase = {},
                               .step = {},
                               .place = {},
                               .command = core::dictionary::redact(command),
                               .response = core::dictionary::redact_response(command, response),
                               .reason = {std::string(reason), std::string(reason)},
                               .us = static_cast<std::uint64_t>(us.count()),
                               .tpdus = {}};
    kept_.push_back(std::move(exchange));
    while (kept_.size() > keep_)
        kept_.pop_front();
}

void OpenDevice::close() {
    const std::scoped_lock lock(mutex_);
    device_.reset();
}

bool OpenDevice::is_closed() {
    const std::scoped_lock lock(mutex_);
    return device_ == nullptr;
}

void OpenDevice::keep(std::size_t count) {
    const std::scoped_lock lock(mutex_);
    keep_ = count;
    while (kept_.size() > keep_)
        kept_.pop_front();
}

std::deque<reports::Exchange> OpenDevice::kept() {
    const std::scoped_lock lock(mutex_);
    return kept_;
}

std::unique_ptr<harness::Device> lend(std::shared_ptr<OpenDevice> device) {
    return std::make_unique<Lent>(std::move(device));
}

} // namespace tongka::python
