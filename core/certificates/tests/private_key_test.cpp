#include <algorithm>
#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/certificates/tests/chain.hpp"

namespace tongka::core::certificates::test {
namespace {

using testing::HasSubstr;

Bytes text(std::string_view characters) {
    return {characters.begin(), characters.end()};
}

TEST(PrivateKey, comes_back_under_its_pass_phrase_alone) {
    const auto key = must(PrivateKey::generate());
    for (const auto form : {Form::pem, Form::der}) {
        const auto file = must(key.encrypted("right pass phrase", form));
        EXPECT_EQ(EVP_PKEY_eq(must(PrivateKey::read(file, "right pass phrase")).native(), key.native()), 1);
        for (const auto* wrong : {"wrong pass phrase", "right pass phras", ""})
            EXPECT_THAT(PrivateKey::read(file, wrong).error().message, HasSubstr("the pass phrase is wrong"));
    }
}

TEST(PrivateKey, is_not_in_its_file_in_clear) {
    const auto key = must(PrivateKey::generate());
    BIGNUM* number = nullptr;
    ASSERT_EQ(EVP_PKEY_get_bn_param(key.native(), OSSL_PKEY_PARAM_PRIV_KEY, &number), 1);
    const BigNumber secret(number);
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)));
    BN_bn2bin(number, bytes.data());
    const auto file = must(key.encrypted("pass phrase", Form::der));
    EXPECT_EQ(std::search(file.begin(), file.end(), bytes.begin(), bytes.end()), file.end());
    const auto public_der = to_der<EVP_PKEY>(key.native(), i2d_PUBKEY);
    const BytesView point(public_der.data() + public_der.size() - 64, 64);
    EXPECT_EQ(std::search(file.begin(), file.end(), point.begin(), point.end()), file.end());
}

TEST(PrivateKey, two_files_of_one_key_have_nothing_in_common) {
    const auto key = must(PrivateKey::generate());
    EXPECT_NE(must(key.encrypted("pass phrase", Form::der)), must(key.encrypted("pass phrase", Form::der)));
}

TEST(PrivateKey, in_clear_is_refused) {
    const auto key = must(PrivateKey::generate());
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key.native(), nullptr, nullptr, 0, nullptr, nullptr);
    char* pem = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &pem);
    const auto error = PrivateKey::read(text({pem, static_cast<std::size_t>(size)}), "pass phrase").error().message;
    EXPECT_THAT(error, HasSubstr("in clear"));
    EXPECT_THAT(error, testing::Not(HasSubstr(std::string(pem + 40, 20))));
}

TEST(PrivateKey, of_another_algorithm_is_refused) {
    const OpensslKey p256(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), p256.get(), EVP_aes_256_cbc(), "pass phrase", 11, nullptr, nullptr);
    char* pem = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &pem);
    EXPECT_EQ(PrivateKey::read(text({pem, static_cast<std::size_t>(size)}), "pass phrase").error().message,
              "the private key is not one of SM2");
}

TEST(PrivateKey, cut_off_anywhere_is_refused) {
    const auto key = must(PrivateKey::generate());
    const auto pem = must(key.encrypted("pass phrase", Form::pem));
    for (std::size_t size = 0; size + 1 < pem.size(); size += 7)
        EXPECT_FALSE(PrivateKey::read(BytesView(pem).first(size), "pass phrase")) << size;
    const auto der = must(key.encrypted("pass phrase", Form::der));
    for (std::size_t size = 0; size < der.size(); size += 7)
        EXPECT_FALSE(PrivateKey::read(BytesView(der).first(size), "pass phrase")) << size;
}

} // namespace
} // namespace tongka::core::certificates::test
