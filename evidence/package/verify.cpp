#include "evidence/package/verify.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/certificates/time.hpp"
#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"
#include "evidence/package/container.hpp"
#include "evidence/package/manifest.hpp"
#include "evidence/package/mapped_file.hpp"
#include "evidence/package/names.hpp"
#include "evidence/package/signature.hpp"
#include "evidence/package/time_stamp.hpp"
#include "evidence/package/verify_run.hpp"

namespace tongka::evidence {
namespace {

using core::BytesView;
using core::certificates::Certificate;
using core::certificates::to_text;
using Kind = Finding::Kind;

/// The steps of a verification; each returns whether what follows can rest on it.
class Verifier {
public:
    Verifier(const VerifyRequest& request, Verification& told) : request_(request), told_(told) {}

    void look_at(BytesView package) {
        if (!open(package) || !read_manifest() || !check_signature())
            return;
        check_time();
        check_certificates();
        if (check_files())
            check_run(files_, manifest_, request_.reports, told_.findings);
    }

private:
    bool tell(Kind kind, std::string_view subject, reports::Words text) {
        told_.findings.push_back({kind, std::string(subject), std::move(text)});
        return kind != Kind::bad;
    }
    /// What the library says is in English.
    bool bad(std::string_view subject, const std::string& why) { return tell(Kind::bad, subject, {why, why}); }

    bool open(BytesView package) {
        const auto entries = read_container(package);
        if (!entries) {
            const auto& why = entries.error().message;
            const auto colon = why.find(": ");
            return colon == std::string::npos ? bad("container", why)
                                              : bad(why.substr(0, colon), why.substr(colon + 2));
        }
        for (const auto& entry : *entries)
            files_.emplace(entry.name, entry.content);
        for (const auto name : {manifest_name, signature_name})
            if (!files_.contains(name))
                return tell(Kind::bad, name, {"缺失：这不是检测包", "is missing: this is no package"});
        return tell(Kind::good, "container",
                    {fmt::format("规范，{}个文件", entries->size()),
                     fmt::format("in its one form, {} files", entries->size())});
    }

    bool read_manifest() {
        auto manifest = Manifest::read(files_.at(std::string(manifest_name)));
        if (!manifest) {
            const auto& why = manifest.error().message;
            return bad(manifest_name, why.substr(why.find(": ") + 2));
        }
        manifest_ = *std::move(manifest);
        for (const auto& file : manifest_.files)
            if (file.name.starts_with(certificate_folder)) {
                const auto found = files_.find(file.name);
                auto read = found == files_.end() ? core::Result<Certificate>(core::fail("is missing"))
                                                  : Certificate::read(found->second);
                if (!read)
                    return bad(file.name, read.error().message);
                certificates_.push_back(*std::move(read));
            }
        if (certificates_.empty())
            return tell(Kind::bad, manifest_name, {"没有列出签名者的证书", "lists no certificate of the signer"});
        told_.signer = certificates_.front().subject();
        return true;
    }

    bool check_signature() {
        const auto algorithm = algorithm_of(certificates_.front());
        if (!algorithm || *algorithm != manifest_.algorithm ||
            !is_signature_of(certificates_.front(), files_.at(std::string(signature_name)),
                             files_.at(std::string(manifest_name))))
            return tell(Kind::bad, signature_name,
                        {"不是证书持有者对清单（manifest.json）的签名：清单、签名或证书被改动",
                         "is not the certificate holder's signature over manifest.json: one of the three was altered"});
        return tell(Kind::good, signature_name,
                    {fmt::format("{}，签名者 {}", manifest_.algorithm, told_.signer),
                     fmt::format("{} by {}", manifest_.algorithm, told_.signer)});
    }

    void check_time() {
        const auto said = core::certificates::read_time(manifest_.made);
        if (!said) {
            bad(manifest_name, said.error().message);
            return;
        }
        told_.signed_at = *said;
        const auto stamp = files_.find(time_stamp_name);
        if (stamp == files_.end()) {
            tell(Kind::warning, time_stamp_name,
                 {fmt::format("没有时间戳：签名时间 {} 是签名者自述", manifest_.made),
                  fmt::format("there is none: that it was signed at {} is what the signer says", manifest_.made)});
            return;
        }
        const auto signature = files_.at(std::string(signature_name));
        const bool trusts = !request_.time_stamp_roots.empty();
        const auto time = trusts ? check_time_stamp(stamp->second, signature, request_.time_stamp_roots)
                                 : read_time_stamp(stamp->second, signature);
        if (!time) {
            bad(time_stamp_name, time.error().message);
            return;
        }
        if (*time < *said) {
            tell(Kind::bad, time_stamp_name,
                 {fmt::format("{}，早于签名者自述的 {}", to_text(*time), manifest_.made),
                  fmt::format("is of {}, before the signer says it was signed ({})", to_text(*time), manifest_.made)});
            return;
        }
        if (!trusts) {
            tell(Kind::warning, time_stamp_name,
                 {fmt::format("{}，未核对时间戳机构（--timestamp-trust）", to_text(*time)),
                  fmt::format("of {}; who made it was not checked (--timestamp-trust)", to_text(*time))});
            return;
        }
        told_.signed_at = *time;
        tell(Kind::good, time_stamp_name, {to_text(*time), "of " + to_text(*time)});
    }

    void check_certificates() {
        if (!told_.signed_at)
            return;
        const auto& subject = certificate_folder;
        const auto chain = check_chain(certificates_, request_.trust, *told_.signed_at);
        const auto at = to_text(*told_.signed_at);
        if (!chain.problem.empty()) {
            tell(Kind::bad, subject,
                 {fmt::format("在{}：{}", at, chain.problem), fmt::format("at {}: {}", at, chain.problem)});
            return;
        }
        const bool unasked = request_.trust.lists.empty();
        tell(
            Kind::good, subject,
            {fmt::format("在{}有效，上至 {}{}", at, chain.root, unasked ? "（未查撤销列表）" : ""),
             fmt::format("valid at {}, up to {}{}", at, chain.root, unasked ? " (revocation was not looked at)" : "")});
        if (chain.expires < request_.now)
            tell(Kind::warning, subject,
                 {fmt::format("此后已于{}到期", to_text(chain.expires)),
                  fmt::format("have expired since, on {}", to_text(chain.expires))});
        if (*told_.signed_at > request_.now)
            tell(Kind::bad, manifest_name,
                 {fmt::format("签名时间{}在将来", at), fmt::format("was signed at {}, which is still to come", at)});
    }

    bool check_files() {
        bool right = true;
        std::set<std::string_view> known{manifest_name, signature_name, time_stamp_name};
        for (const auto& listed : manifest_.files) {
            known.insert(listed.name);
            const auto found = files_.find(listed.name);
            if (found == files_.end())
                right = tell(Kind::bad, listed.name, {"缺失", "is missing"});
            else if (found->second.size() != listed.bytes || core::to_hex(core::sha256(found->second)) != listed.sha256)
                right = tell(Kind::bad, listed.name, altered(listed.name, found->second));
        }
        for (const auto& [name, content] : files_)
            if (!known.contains(name))
                right = tell(Kind::bad, name, {"不在清单中", "is not in the manifest"});
        if (right)
            tell(Kind::good, manifest_name,
                 {fmt::format("{}个文件的SHA-256均相符", manifest_.files.size()),
                  fmt::format("the SHA-256 of all {} files are right", manifest_.files.size())});
        return right;
    }

    /// Of a record, the line that was altered too.
    static reports::Words altered(std::string_view name, BytesView content) {
        reports::Words words{"被改动：SHA-256与清单不符", "was altered: its SHA-256 is not that of the manifest"};
        if (name == record_name)
            if (const auto chain = check_record_chain(content); !chain) {
                words.zh += fmt::format("（{}）", chain.error().message);
                words.en += fmt::format(" ({})", chain.error().message);
            }
        return words;
    }

    const VerifyRequest& request_;
    Verification& told_;
    PackageFiles files_;
    Manifest manifest_;
    std::vector<Certificate> certificates_;
};

} // namespace

std::string_view name(Finding::Kind kind) {
    constexpr std::string_view names[] = {"good", "warning", "bad"};
    return names[static_cast<std::size_t>(kind)];
}

bool Verification::is_good() const {
    return std::ranges::none_of(findings, [](const auto& one) { return one.kind == Kind::bad; });
}

Verification verify_package(BytesView package, const VerifyRequest& request) {
    Verification told;
    Verifier(request, told).look_at(package);
    return told;
}

core::Result<Verification> verify_package(const std::filesystem::path& package, const VerifyRequest& request) {
    TONGKA_TRY(const auto content, MappedFile::open(package));
    return verify_package(content.bytes(), request);
}

} // namespace tongka::evidence
