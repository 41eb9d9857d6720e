#include "core/certificates/verify.hpp"

#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/certificates/commands.hpp"
#include "cli/certificates/files.hpp"
#include "cli/certificates/options.hpp"
#include "cli/language.hpp"

namespace tongka::cli::certificates {
namespace {

namespace x509 = core::certificates;

struct Typed {
    std::string certificate;
    std::string root;
    std::vector<std::string> between;
    std::vector<std::string> lists;
    bool without_lists = false;
    std::string at;
    std::string language;
};

void print(const Typed& typed, const x509::Verdict& verdict, core::Clock::Time time, core::Language language) {
    constexpr core::Text valid{"有效", "valid"};
    constexpr core::Text invalid{"无效", "not valid"};
    constexpr core::Text unasked{"（未查撤销列表）", " (revocation was not looked at)"};
    fmt::print("{}: {}, {}{}\n", typed.certificate, (verdict.valid() ? valid : invalid).in(language),
               x509::to_text(time), typed.without_lists ? unasked.in(language) : "");
    for (const auto& problem : verdict.problems)
        fmt::print("  {} {} [{}]{}{}\n", problem.certificate, title(problem.fault).in(language), name(problem.fault),
                   problem.detail.empty() ? "" : ": ", problem.detail);
}

core::Result<bool> run(const Typed& typed, core::Clock::Time now) {
    if (!typed.at.empty()) {
        auto at = x509::read_time(typed.at);
        if (!at)
            return core::fail(at.error().at("--at"));
        now = *at;
    }
    TONGKA_TRY(const auto certificate, read_as(typed.certificate, x509::Certificate::read));
    TONGKA_TRY(auto root, read_as(typed.root, x509::Certificate::read));
    x509::Trust trust{std::move(root), {}, {}, !typed.without_lists};
    for (const auto& file : typed.between) {
        TONGKA_TRY(const auto all, read_as(file, x509::Certificate::read_all));
        trust.between.insert(trust.between.end(), all.begin(), all.end());
    }
    for (const auto& file : typed.lists) {
        TONGKA_TRY(const auto all, read_as(file, x509::RevocationList::read_all));
        trust.lists.insert(trust.lists.end(), all.begin(), all.end());
    }
    const auto verdict = x509::verify(certificate, trust, now);
    print(typed, verdict, now, language(typed.language));
    return verdict.valid();
}

} // namespace

void add_verify(CLI::App& parent, const core::Clock& clock, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("verify", "Say whether a certificate leads to a root and is not revoked");
    command->add_option("certificate", typed->certificate, "The certificate in question")->required();
    command->add_option("--root", typed->root, "The root that is trusted")->required();
    command->add_option("--between", typed->between, "Certificates the chain may lead over, such as the city's");
    auto* lists = command->add_option("--crl", typed->lists, "Revocation lists: one of each issuer in the chain");
    command->add_flag("--without-crl", typed->without_lists, "Do not look at revocation")->excludes(lists);
    command->add_option("--at", typed->at, "When, such as 2026-11-23 or 2026-11-23T08:00:00Z (default: now)");
    command->add_option("--lang", typed->language, "Language of what is printed: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer(
        "Exit status: 0 valid, 1 not valid, 2 could not tell.\n"
        "Example: tongka certificates verify card.pem --root root.pem --between city.pem --crl root.crl city.crl");
    command->callback([typed, &clock, &exit_status] {
        const auto valid = run(*typed, clock.now());
        exit_status = valid ? (*valid ? 0 : 1) : certificates::exit_status(core::fail(valid.error()), "verify");
    });
}

} // namespace tongka::cli::certificates
