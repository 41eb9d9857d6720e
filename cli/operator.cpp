#include "cli/operator.hpp"

#include <cstdlib>
#include <iostream>
#include <pwd.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;
using core::document::Mapping;
using core::document::Node;
using harness::Answer;
using harness::Case;
using harness::Words;

std::string line_from_stdin(const std::string& prompt) {
    fmt::print(stderr, "{}", prompt);
    std::string line;
    std::getline(std::cin, line);
    return line;
}

core::Result<std::optional<Answer>> read_answer(const Node& node, const std::string& by, const fs::path& folder) {
    TONGKA_TRY(auto fields, Mapping::of(node, "an answer"));
    TONGKA_TRY(const Node* told, fields.required("answer"));
    const auto& word = told->text;
    if (word != "yes" && word != "no" && word != "unknown")
        return core::fail(told->error(fmt::format("answer is yes, no or unknown, not '{}'", word)));
    Answer answer{.yes = word == "yes", .by = by, .remark = {}, .attachments = {}};
    TONGKA_TRY(answer.remark, fields.optional_text("remark"));
    if (const Node* files = fields.optional("attachments")) {
        TONGKA_TRY(const auto* items, files->as_list("attachments"));
        for (const auto& item : *items) {
            TONGKA_TRY(const auto name, item.as_text("an attachment"));
            if (!fs::is_regular_file(folder / name))
                return core::fail(item.error(fmt::format("the attachment '{}' is not there", name)));
            answer.attachments.push_back(folder / name);
        }
    }
    TONGKA_CHECK(fields.finish());
    return word == "unknown" ? std::nullopt : std::optional(std::move(answer));
}

} // namespace

core::Result<std::optional<Answer>> AskingOperator::ask(const Case& test_case, const Words& question) {
    const bool zh = language_ == core::Language::zh;
    fmt::print(stderr, "\r\033[K{}: {}\n", test_case.id, zh ? question.zh : question.en);
    while (std::cin) {
        const auto word = line_from_stdin(zh ? "  [y]是 [n]否 [?]不能确定: " : "  [y]es, [n]o, [?] cannot tell: ");
        if (word == "?" || (word.empty() && !std::cin))
            return std::nullopt;
        if (word != "y" && word != "n")
            continue;
        Answer answer{.yes = word == "y", .by = name_, .remark = {}, .attachments = {}};
        answer.remark = line_from_stdin(zh ? "  备注（可空）: " : "  remark (may be empty): ");
        while (true) {
            const auto file =
                line_from_stdin(zh ? "  附件文件（空则结束）: " : "  a file to attach (empty: no more): ");
            if (file.empty())
                break;
            if (fs::is_regular_file(file))
                answer.attachments.emplace_back(file);
            else
                fmt::print(stderr, "  {}: {}\n", file, zh ? "没有这个文件" : "no such file");
        }
        return answer;
    }
    return std::nullopt;
}

core::Result<std::unique_ptr<WrittenAnswers>> WrittenAnswers::load(const fs::path& file) {
    TONGKA_TRY(const Node root, core::document::read(file));
    TONGKA_TRY(auto fields, Mapping::of(root, "answers"));
    TONGKA_TRY(const auto by, fields.required_text("by"));
    TONGKA_TRY(const Node* cases, fields.required("answers"));
    TONGKA_CHECK(fields.finish());
    TONGKA_TRY(const auto* entries, cases->as_entries("answers"));
    auto made = std::make_unique<WrittenAnswers>();
    for (const auto& entry : *entries) {
        TONGKA_TRY(const auto* items, entry.value.as_list(entry.key.text));
        for (const auto& item : *items) {
            TONGKA_TRY(auto answer, read_answer(item, by, file.parent_path()));
            made->answers_[entry.key.text].push_back(std::move(answer));
        }
    }
    return made;
}

core::Result<std::optional<Answer>> WrittenAnswers::ask(const Case& test_case, const Words&) {
    const auto found = answers_.find(test_case.id);
    if (found == answers_.end() || found->second.empty())
        return std::nullopt;
    auto answer = std::move(found->second.front());
    found->second.pop_front();
    return answer;
}

std::string name_of_user() {
    const auto* user = ::getpwuid(::getuid());
    return user != nullptr ? user->pw_name : std::to_string(::getuid());
}

} // namespace tongka::cli
