#include "evidence/package/tests/sample_package.hpp"

#include <fstream>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/crypto/suite_digest.hpp"
#include "core/hex.hpp"
#include "reports/report.hpp"
#include "reports/tests/sample.hpp"

namespace tongka::evidence::test {
namespace {

using namespace core::certificates;
namespace fs = std::filesystem;

constexpr std::string_view pass = "a pass phrase";
const std::vector<std::pair<std::string, std::string>> suite = {{"cases/balance.yaml", "- id: balance\n"},
                                                                {"catalogue/cjt304.yaml", "[]\n"}};
const std::string photo = "not really a photograph";

/// A root that signs with its own key, and the key in an encrypted file.
std::pair<Certificate, core::Bytes> root() {
    OpensslKey key(EVP_EC_gen("P-256"));
    OpensslCertificate made(X509_new());
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    auto* name = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("Laboratory"), -1, -1,
                               0);
    X509_set_issuer_name(made.get(), name);
    X509_set_pubkey(made.get(), key.get());
    const auto extend = [&](int kind, const char* value) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, made.get(), made.get(), nullptr, nullptr, 0);
        auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
        X509_add_ext(made.get(), extension, -1);
        X509_EXTENSION_free(extension);
    };
    extend(NID_basic_constraints, "critical,CA:TRUE");
    extend(NID_key_usage, "critical,keyCertSign,digitalSignature");
    extend(NID_subject_key_identifier, "hash");
    X509_sign(made.get(), key.get(), EVP_sha256());
    const Bio out(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_256_cbc(), pass.data(), static_cast<int>(pass.size()),
                                  nullptr, nullptr);
    char* text = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &text);
    return {Certificate(std::move(made)), core::Bytes(text, text + size)};
}

/// The sample record, of our suite and with something attached.
std::string record() {
    core::SuiteFiles files;
    for (const auto& [name, content] : suite)
        files.emplace(name, core::sha256(view(content)));
    std::string text;
    std::string prev(64, '0');
    const auto add = [&](nlohmann::json line) {
        line["prev"] = prev;
        const auto written = line.dump();
        prev = core::to_hex(core::sha256(view(written)));
        text += written + '\n';
    };
    for (const auto& line : reports::test::lines_of(reports::test::sample_record())) {
        auto value = nlohmann::json::parse(line);
        if (value["kind"] == "header")
            value["suite"]["sha256"] = core::suite_digest(files);
        if (value["kind"] == "verdict" && text.find("attachment") == std::string::npos)
            add({{"kind", "attachment"},
                 {"case", value["case"]},
                 {"phase", "steps"},
                 {"step", "steps[0]"},
                 {"name", "photo.jpg"},
                 {"sha256", core::to_hex(core::sha256(view(photo)))},
                 {"bytes", photo.size()}});
        add(std::move(value));
    }
    return text;
}

template <typename T>
T need(core::Result<T> result) {
    if (!result)
        throw std::runtime_error(result.error().message);
    return *std::move(result);
}

} // namespace

SamplePackage::SamplePackage() {
    for (const auto* folder : {"run/attachments", "suite/cases", "suite/catalogue"})
        fs::create_directories(file(folder));
    write("run/record.jsonl", record());
    write("run/attachments/photo.jpg", photo);
    for (const auto& [name, content] : suite)
        write("suite/" + name, content);
    need(reports::write_reports(file("run/record.jsonl"), file("run"), {.language = core::Language::en}));
    const auto [certificate, key] = root();
    signer_ = need(open_key_file(key, core::PassPhrase(pass.begin(), pass.end()), certificate));
    const auto now = std::chrono::system_clock::now();
    made_of_ = {.run = file("run"),
                .suite = file("suite"),
                .documents = {write("order.txt", "please test this card")},
                .certificates = {certificate},
                .made = now};
    need(make_package(made_of_, *signer_, file("package")));
    request_ = {.trust = {{certificate}, {}}, .time_stamp_roots = {}, .now = now};
    bytes_ = reports::test::read_file(file("package"));
}

} // namespace tongka::evidence::test
