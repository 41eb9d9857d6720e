#pragma once

#include <string>

#include "evidence/package/make.hpp"
#include "evidence/package/verify.hpp"
#include "reports/tests/folder.hpp"

namespace tongka::evidence::test {

/// A package of the sample record of the reports' tests, with a suite of two files, signed by a root of its own.
class SamplePackage {
public:
    SamplePackage();

    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] const VerifyRequest& request() const { return request_; }
    [[nodiscard]] const PackageRequest& made_of() const { return made_of_; }
    [[nodiscard]] Signer& signer() const { return *signer_; }
    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }
    std::filesystem::path write(const std::string& name, const std::string& text) const {
        return folder_.write(name, text);
    }

private:
    reports::test::Folder folder_;
    std::unique_ptr<Signer> signer_;
    PackageRequest made_of_;
    VerifyRequest request_{};
    std::string bytes_;
};

[[nodiscard]] inline core::BytesView view(const std::string& text) {
    return {reinterpret_cast<const core::Byte*>(text.data()), text.size()};
}

} // namespace tongka::evidence::test
