#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "core/text.hpp"
#include "harness/run/operator.hpp"

namespace tongka::cli {

/// Asks on the terminal: the question goes to stderr, the answer comes from stdin.
class AskingOperator final : public harness::Operator {
public:
    AskingOperator(core::Language language, std::string name) : language_(language), name_(std::move(name)) {}
    core::Result<std::optional<harness::Answer>> ask(const harness::Case& test_case,
                                                     const harness::Words& question) override;

private:
    core::Language language_;
    std::string name_;
};

/// Answers that were written down beforehand:
/// `{by: NAME, answers: {case-id: [{answer: "yes", remark: …, attachments: [FILE, …]}, …]}}`, in the order of the
/// questions; files are named from where the answers lie.
class WrittenAnswers final : public harness::Operator {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<WrittenAnswers>> load(const std::filesystem::path& file);
    core::Result<std::optional<harness::Answer>> ask(const harness::Case& test_case,
                                                     const harness::Words& question) override;

private:
    std::map<std::string, std::deque<std::optional<harness::Answer>>, std::less<>> answers_;
};

/// The name that answers are given under: the operator's login.
[[nodiscard]] std::string name_of_user();

} // namespace tongka::cli
