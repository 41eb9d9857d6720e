#include <cstdlib>

#include "core/dictionary/decode.hpp"
#include "core/dictionary/redact.hpp"

using namespace tongka::core;
using namespace tongka::core::dictionary;

static void check(const std::vector<DecodedField>& fields, std::size_t size) {
    for (const auto& field : fields)
        if (field.offset + field.size > size ||
            (is_secret(field.kind) && field.text.find_first_not_of('*') != std::string::npos))
            std::abort();
}

// The input's first byte is the command's length; the rest of the input is the response.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const BytesView input(data + 1, size - 1);
    const auto command = input.first(std::min<std::size_t>(data[0], input.size()));
    const auto response = input.subspan(command.size());
    for (auto device : {Device::card, Device::psam, Device::both}) {
        const auto decoded = decode(command, response, {Language::en, device, FileId{0x0015}});
        check(decoded.request, command.size());
        check(decoded.response, response.size());
    }
    if (redact(command).size() != 2 * command.size() ||
        redact_response(command, response).size() != 2 * response.size())
        std::abort();
    return 0;
}
