#pragma once

#include <deque>
#include <memory>
#include <mutex>

#include "harness/device/apdu.hpp"
#include "harness/device/device.hpp"
#include "reports/summary.hpp"

namespace tongka::python {

/// A device that Python has opened. Threads may share it: each call is done before the next begins.
class OpenDevice {
public:
    OpenDevice(std::unique_ptr<harness::Device> device, harness::Role role) : device_(std::move(device)), role_(role) {
        spec_ = device_->identity().spec;
    }

    [[nodiscard]] harness::Role role() const { return role_; }
    [[nodiscard]] const std::string& spec() const { return spec_; }

    enum class How { raw, apdu };
    /// An Error tells device and command, whose secrets are hidden.
    [[nodiscard]] core::Result<core::Bytes> send(core::BytesView command, How how);

    /// Does something with the device while nobody else does; an Error where it was closed.
    template <typename Work>
    [[nodiscard]] auto with_device(Work work) -> decltype(work(std::declval<harness::Device&>())) {
        const std::scoped_lock lock(mutex_);
        if (!device_)
            return core::fail(spec_ + ": the device was closed");
        return work(*device_);
    }

    void close();
    [[nodiscard]] bool is_closed();

    /// Keeps the last `count` exchanges from now on, secrets hidden; 0 keeps none.
    void keep(std::size_t count);
    [[nodiscard]] std::deque<reports::Exchange> kept();

private:
    void note(core::BytesView command, core::BytesView response, std::string_view reason, std::chrono::microseconds us);

    std::mutex mutex_{};
    std::unique_ptr<harness::Device> device_;
    harness::Role role_;
    std::string spec_{};
    std::vector<harness::Exchange> tpdus_{};
    std::deque<reports::Exchange> kept_{};
    std::size_t keep_ = 0;
};

/// Stands for an open device in a run, which leaves it open.
[[nodiscard]] std::unique_ptr<harness::Device> lend(std::shared_ptr<OpenDevice> device);

} // namespace tongka::python
