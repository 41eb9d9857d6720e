#include "core/dictionary/decode.hpp"

#include "core/dictionary/layout_decoder.hpp"
#include "core/dictionary/redact.hpp"
#include "core/dictionary/status_words.hpp"

namespace tongka::core::dictionary {

static constexpr Text unknown_command{"未知命令", "unknown command"};
static constexpr Text no_command{"不是命令", "not a command"};
static constexpr Text raw_data{"数据", "data"};

namespace {

/// Where the content of a file command lies.
struct FileReference {
    std::optional<FileId> file;
    FileForm form = FileForm::binary;
    std::size_t offset = 0;
};

/// A short file identifier stands for the file with the same number (standards.md 3.3: SFI 15 is file 0015).
FileReference file_reference(const CommandForm& form, const Command& command, const Context& context) {
    if (form.p1_field.kind == Kind::record_reference) {
        const FileId sfi = command.p2 >> 3;
        return {sfi == 0 ? context.selected_file : std::optional(sfi), FileForm::record, 0};
    }
    if (form.p1_field.kind != Kind::binary_reference)
        return {};
    if ((command.p1 & 0x80) == 0)
        return {context.selected_file, FileForm::binary, command.p1p2()};
    return {static_cast<FileId>(command.p1 & 0x1F), FileForm::binary, command.p2};
}

bool hides(const std::string& redacted) {
    return redacted.find('*') != std::string::npos;
}

void add_parameter(LayoutDecoder& decoder, const Field& field, std::size_t offset) {
    if (!field.name.en.empty())
        decoder.add(field.name, field.kind, offset, field.width);
}

} // namespace

/// The command's header alone, for bytes whose lengths do not add up; all behind it counts as data.
static std::optional<Command> header_of(BytesView bytes) {
    if (bytes.size() < 4)
        return std::nullopt;
    Command command{bytes[0], bytes[1], bytes[2], bytes[3], {}, {}, false};
    command.data = bytes.subspan(std::min<std::size_t>(bytes.size(), 5));
    return command;
}

static std::vector<DecodedField> decode_request(BytesView bytes, const std::optional<Command>& command, bool whole,
                                                const CommandForm* form, LayoutDecoder& decoder) {
    if (form) {
        add_parameter(decoder, form->p1_field, 2);
        add_parameter(decoder, form->p2_field, 3);
    }
    const BytesView data = command ? command->data : bytes;
    const auto offset = static_cast<std::size_t>(data.data() - bytes.data());
    if (whole)
        decoder.lay_out(form ? form->request : Layout{}, offset, data.size());
    else if (!data.empty())
        decoder.add(raw_data, hides(redact(bytes)) ? Kind::pin : Kind::data, offset, data.size());
    return decoder.take();
}

Decoded decode(BytesView command_bytes, BytesView response_bytes, const Context& context) {
    Decoded decoded;
    const auto parsed = parse_command(command_bytes);
    const auto command = parsed ? std::optional(*parsed) : header_of(command_bytes);
    FileReference file;
    if (command)
        decoded.form = find_command(*command, context.device);
    if (decoded.form)
        file = file_reference(*decoded.form, *command, context);
    decoded.name = decoded.form ? decoded.form->name : command ? unknown_command : no_command;

    LayoutDecoder request(command_bytes, context);
    request.set_file(file.file, file.form, file.offset);
    decoded.request = decode_request(command_bytes, command, parsed.has_value(), decoded.form, request);

    if (const auto answer = parse_response(response_bytes)) {
        LayoutDecoder response(response_bytes, context);
        response.set_file(file.file, file.form, file.offset);
        response.lay_out(decoded.form ? decoded.form->response : Layout{}, 0, answer->data.size());
        decoded.response = response.take();
        decoded.status = describe(answer->sw, context.language);
    }
    return decoded;
}

std::vector<DecodedField> decode_file(FileId file, FileForm form, BytesView content, std::size_t offset,
                                      const Context& context) {
    LayoutDecoder decoder(content, context);
    decoder.set_file(file, form, offset);
    decoder.lay_out_file(0, content.size(), 0);
    return decoder.take();
}

std::vector<DecodedField> decode_fci(BytesView bytes, const Context& context) {
    LayoutDecoder decoder(bytes, context);
    decoder.lay_out_tlv(0, bytes.size(), 0);
    auto fields = decoder.take();
    if (fields.empty() && !bytes.empty()) {
        decoder.add(raw_data, Kind::data, 0, bytes.size());
        fields = decoder.take();
    }
    return fields;
}

} // namespace tongka::core::dictionary
