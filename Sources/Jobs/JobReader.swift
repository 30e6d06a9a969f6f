import Storage
import Synthesis
import Text

/// Makes requests of the fields of jobs, for one model.
struct JobReader: Sendable {
  /// What a job says, before it is known whether a clip can be made of it.
  struct Described: Sendable {
    let draft: RequestDraft
    var id: ID?
    /// Of a plan's job: the folder that it lies in, and what is made instead of a clip.
    var folder: String?
    var product: Job.Product?
  }

  /// What a job says its clip is called.
  enum ID: Sendable {
    case name(String)
    case template(NameTemplate)
  }

  /// Whether the music that prompts name becomes controls.
  let hearsPrompts: Bool
  /// The model's words.
  let vocabulary: Vocabulary?
  /// Whether the model ends what it makes.
  let endsSounds: Bool
  /// Jobs that share a file, or a prompt, have it read once.
  private let files = ControlFileMemory()
  private let prompts = PromptMemory()

  init(hearsPrompts: Bool, vocabulary: Vocabulary?, endsSounds: Bool) {
    (self.hearsPrompts, self.vocabulary, self.endsSounds) = (hearsPrompts, vocabulary, endsSounds)
  }

  /// What a job may say: its file's name, and every field of a request.
  static let names = ["id"] + RequestField.names

  /// - Parameter report: is told each problem; then there is no job.
  func described(_ fields: [(name: String, value: FieldValue)], report: (String) -> Void) -> Described? {
    var (draft, id, isSound) = (RequestDraft(), ID?.none, true)
    (draft.files, draft.prompts, draft.vocabulary, draft.modelEndsSounds) = (files, prompts, vocabulary, endsSounds)
    var seen: Set<String> = []
    func tell(_ reason: String) {
      isSound = false
      report(reason)
    }
    for (name, value) in fields {
      guard seen.insert(RequestField.canonicalName(name)).inserted else {
        tell("the field \(Self.quoted(name)) is there twice")
        continue
      }
      do throws(FieldProblem) {
        if name == "id" {
          id = try Self.id(value)
        } else if RequestField.named(name) == nil {
          throw FieldProblem(reason: "unknown; the fields are \(Self.names.joined(separator: ", "))")
        } else {
          try draft.set(name, to: value)
        }
      } catch {
        tell("\(Self.quoted(name)) \(error.reason)")
      }
    }
    if !seen.contains("prompt") { tell("there is no prompt") }
    return isSound ? Described(draft: draft, id: id, folder: nil, product: nil) : nil
  }

  /// What the job comes to.
  func resolved(_ job: Described) -> Result<RequestDraft.Resolved, RequestProblem> {
    do { return .success(try job.draft.resolve(takesControls: hearsPrompts)) } catch { return .failure(error) }
  }

  /// A text that can be the name of a clip's file on every system, or a template of such names.
  private static func id(_ value: FieldValue) throws(FieldProblem) -> ID {
    // A table may have blanks around its values; a name has none.
    let id = if case .untyped(let text) = value { text.trimmingBlanks } else { try value.asText }
    if id.contains("{") {
      do throws(NameProblem) { return .template(try NameTemplate(id)) } catch {
        throw FieldProblem(reason: "is no name: \(error)")
      }
    }
    guard (1...100).contains(id.utf8.count) else {
      throw FieldProblem(reason: "wants 1 to 100 characters, not \(id.utf8.count)")
    }
    let isPlain = id.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "._-".unicodeScalars.contains($0))
    }
    guard isPlain else {
      throw FieldProblem(reason: "names a file: letters and digits of ASCII, and . _ - within, are all it may hold")
    }
    guard id.first != ".", id.first != "-" else {
      throw FieldProblem(reason: "names a file: it begins with a letter, a digit or _")
    }
    return .name(id)
  }

  /// A name from the file, fit for a terminal.
  static func quoted(_ text: String) -> String {
    let start = text.prefix(40)
    let printable = start.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : String($0) }
    return "\"\(printable.joined())\(start.endIndex < text.endIndex ? "…" : "")\""
  }
}
