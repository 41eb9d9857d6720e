#include "evidence/package/time_stamp.hpp"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/ts.h>

#include "core/certificates/encoding.hpp"
#include "core/certificates/time.hpp"
#include "core/crypto/sha256.hpp"

namespace tongka::evidence {
namespace {

using namespace core::certificates;
using core::Bytes;
using core::BytesView;
using core::Clock;

using Query = std::unique_ptr<TS_REQ, Freed<TS_REQ_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, Freed<TS_MSG_IMPRINT_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Freed<X509_ALGOR_free>>;
using Response = std::unique_ptr<TS_RESP, Freed<TS_RESP_free>>;
using Verification = std::unique_ptr<TS_VERIFY_CTX, Freed<TS_VERIFY_CTX_free>>;

/// A granted response in the one encoding it has.
core::Result<Response> read(BytesView text) {
    const auto* at = text.data();
    Response response(d2i_TS_RESP(nullptr, &at, static_cast<long>(text.size())));
    if (!response || at != text.data() + text.size() ||
        !std::ranges::equal(to_der<TS_RESP>(response.get(), i2d_TS_RESP), text)) {
        ERR_clear_error();
        return core::fail("is no response of a time-stamping authority (RFC 3161, DER)");
    }
    const auto* status = TS_RESP_get_status_info(response.get());
    if (ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status)) != TS_STATUS_GRANTED ||
        TS_STATUS_INFO_get0_text(status) != nullptr || TS_RESP_get_tst_info(response.get()) == nullptr)
        return core::fail("the authority did not grant the time stamp");
    return response;
}

core::Result<Clock::Time> time_of(TS_RESP* response) {
    const auto time = from_asn1(TS_TST_INFO_get_time(TS_RESP_get_tst_info(response)));
    if (!time)
        return core::fail("the time stamp has no time");
    return *time;
}

core::Result<void> is_about(TS_RESP* response, BytesView signature) {
    const auto digest = core::sha256(signature);
    auto* imprint = TS_TST_INFO_get_msg_imprint(TS_RESP_get_tst_info(response));
    const auto* stamped = TS_MSG_IMPRINT_get_msg(imprint);
    const ASN1_OBJECT* algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
    if (OBJ_obj2nid(algorithm) != NID_sha256)
        return core::fail("the time stamp is not over SHA-256");
    if (!std::ranges::equal(
            BytesView(ASN1_STRING_get0_data(stamped), static_cast<std::size_t>(ASN1_STRING_length(stamped))), digest))
        return core::fail("the time stamp is about something else");
    return {};
}

} // namespace

core::Result<Bytes> time_stamp_query(BytesView signature) {
    auto digest = core::sha256(signature);
    const auto query = not_null<Query>(TS_REQ_new());
    const auto imprint = not_null<Imprint>(TS_MSG_IMPRINT_new());
    const auto algorithm = not_null<Algorithm>(X509_ALGOR_new());
    if (X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) != 1 ||
        TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) != 1 ||
        TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(digest.size())) != 1 ||
        TS_REQ_set_version(query.get(), 1) != 1 || TS_REQ_set_msg_imprint(query.get(), imprint.get()) != 1 ||
        TS_REQ_set_cert_req(query.get(), 1) != 1)
        return openssl_failure("the query for a time stamp cannot be made");
    return to_der<TS_REQ>(query.get(), i2d_TS_REQ);
}

core::Result<Clock::Time> read_time_stamp(BytesView response, BytesView signature) {
    TONGKA_TRY(const auto read_response, read(response));
    TONGKA_CHECK(is_about(read_response.get(), signature));
    return time_of(read_response.get());
}

core::Result<Clock::Time> check_time_stamp(BytesView text, BytesView signature, const std::vector<Certificate>& roots) {
    TONGKA_TRY(const auto response, read(text));
    TONGKA_CHECK(is_about(response.get(), signature));
    TONGKA_TRY(const auto time, time_of(response.get()));
    const auto context = not_null<Verification>(TS_VERIFY_CTX_new());
    auto* store = X509_STORE_new();
    for (const auto& root : roots)
        X509_STORE_add_cert(store, root.native());
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), Clock::Time::clock::to_time_t(time));
    TS_VERIFY_CTX_set_store(context.get(), store);
    TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
    if (TS_RESP_verify_response(context.get(), response.get()) != 1)
        return openssl_failure("the time stamp is not one of an authority that is trusted");
    return time;
}

} // namespace tongka::evidence
