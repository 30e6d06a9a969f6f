// swift-tools-version: 6.1
import PackageDescription

// Read from top to bottom, this is the map: two columns, sound and learning, that never import each other and meet in
// Synthesis. Imports point down only. docs/DESIGN.md says what lives where and why each dependency is there.

let swift6: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: swift6)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: swift6)
}

let package = Package(
  name: "hiss",
  products: [
    .executable(name: "hiss", targets: ["hiss"]),
    // Sounds to mel frames and back, chords, MIDI, pictures; and requests to clips. Examples/ builds against them.
    .library(name: "HissSound", targets: ["Audio", "Spectra", "Music", "Pictures"]),
    .library(
      name: "HissSynthesis",
      targets: [
        "Audio", "Music", "Diffusion", "Synthesis", "Novelty", "Rendering", "Instruments", "Jobs", "Packs",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // The studio's server, and what its parts are made of.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.6.0"),
  ],
  targets: [
    // MARK: The command line
    .executableTarget(
      name: "hiss",
      dependencies: [
        "Audio", "Spectra", "Pictures", "Music", "Tensors", "Text", "Diffusion", "Denoising", "Synthesis", "Training",
        "Evaluation", "Curation", "Instruments", "Novelty", "Taste", "Rendering", "Corpus", "Jobs", "Packs", "Library",
        "Storage", "Parallelism", "Memory", "Ranks", "Benchmarks", "CProcessor", "Studio",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift6),

    .executableTarget(
      name: "FuzzReaders",
      dependencies: ["Audio", "Spectra", "Music", "Tensors", "Layers", "Text", "Synthesis", "Novelty", "Jobs"],
      swiftSettings: swift6),
    .executableTarget(name: "TortureLibrary", dependencies: ["Storage", "Audio", "Library"], swiftSettings: swift6),
    module(
      "Benchmarks",
      ["Parallelism", "Audio", "Spectra", "Tensors", "Text", "Denoising", "Synthesis", "Training", "CFFTW"]),

    // MARK: The studio in the browser
    .target(
      name: "Studio",
      dependencies: [
        "Storage", "Parallelism", "Audio", "Spectra", "Music", "Pictures", "Text", "Synthesis", "Novelty", "Rendering",
        "Corpus", "Library", "Curation", "Training", "Evaluation", "Taste",
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
      ],
      resources: [.copy("Page")],
      swiftSettings: swift6),

    // MARK: Where the columns have met
    module(
      "Packs",
      [
        "Storage", "Parallelism", "Audio", "Music", "Text", "Synthesis", "Novelty", "Instruments", "Rendering", "Jobs",
        .product(name: "Yams", package: "Yams"),
      ]),
    module(
      "Evaluation",
      [
        "Storage", "Parallelism", "Audio", "Spectra", "Music", "Pictures", "Tensors", "Text", "Diffusion", "Denoising",
        "Synthesis", "Novelty", "Training",
      ]),
    module(
      "Curation",
      ["Storage", "Parallelism", "Audio", "Spectra", "Music", "Pictures", "Text", "Novelty", "Taste", "Training"]),
    module(
      "Training",
      [
        "Storage", "Parallelism", "Ranks", "Audio", "Spectra", "Music", "Pictures", "Tensors", "Layers", "Text",
        "Diffusion",
        "Denoising", "Synthesis", "Novelty", "Taste",
      ]),
    module(
      "Jobs",
      [
        "Storage", "Parallelism", "Audio", "Spectra", "Music", "Pictures", "Diffusion", "Tensors", "Text", "Synthesis",
        "Novelty", "Instruments", "Rendering",
      ]),
    module(
      "Rendering",
      [
        "Storage", "Parallelism", "Audio", "Spectra", "Music", "Pictures", "Tensors", "Text", "Synthesis", "Novelty",
        "Taste", "Corpus", "Instruments",
      ]),
    module(
      "Library",
      [
        "Storage", "Parallelism", "Audio", "Spectra", "Music", "Synthesis", "Novelty",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    module("Corpus", ["Storage", "Audio", "Music", "CFluidSynth", "CCsound"], resources: [.embedInCode("Orchestras")]),
    module("Instruments", ["Storage", "Parallelism", "Audio", "Spectra", "Music", "Text", "Synthesis"]),
    module("Taste", ["Storage", "Parallelism", "Audio", "Spectra", "Music", "Tensors", "Novelty", "Synthesis"]),
    module("Novelty", ["Storage", "Parallelism", "Audio", "Spectra", "Tensors", "Synthesis"]),
    module(
      "Synthesis",
      [
        "Storage", "Parallelism", "Memory", "Audio", "Spectra", "Music", "Tensors", "Layers", "Text", "Diffusion",
        "Denoising",
      ]),

    // MARK: Learning
    module("Denoising", ["Tensors", "Layers"]),
    module("Text", ["Storage", "Memory", "Tensors", "Layers"]),
    module("Diffusion", ["Tensors"]),
    module("Layers", ["Parallelism", "Tensors"]),
    module("Tensors", ["Storage", "Parallelism", "Memory", "COneDNN"]),

    // MARK: Sound
    module("Music", ["Storage", "Spectra"]),
    module("Pictures", ["Storage", "CPNG"]),
    module("Spectra", ["Parallelism", "CFFTW"]),
    module("Audio", ["Storage", "CSndfile", "CSamplerate", "CEbur128"]),

    // MARK: Below both
    module("Storage"),
    module("Parallelism"),
    module("Memory", ["CMemory"]),
    module("Ranks", ["CMPI"]),

    // MARK: C libraries
    .target(name: "CProcessor"),
    .target(name: "CMemory", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "COneDNN", linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("dl")]),
    .target(name: "CDynamicLibrary", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CFluidSynth", dependencies: ["CDynamicLibrary"]),
    .target(name: "CCsound", dependencies: ["CDynamicLibrary"]),
    .target(name: "CMPI", dependencies: ["CDynamicLibrary"]),
    .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"]), .brew(["fftw"])]),
    .systemLibrary(
      name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"]), .brew(["libsndfile"])]),
    .systemLibrary(
      name: "CSamplerate", pkgConfig: "samplerate", providers: [.apt(["libsamplerate0-dev"]), .brew(["libsamplerate"])]),
    .systemLibrary(
      name: "CEbur128", pkgConfig: "libebur128", providers: [.apt(["libebur128-dev"]), .brew(["libebur128"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),

    // MARK: Tests
    .target(name: "TestSupport", dependencies: ["Ranks"], path: "Tests/TestSupport", swiftSettings: swift6),
    tests("StorageTests", ["Storage", "TestSupport"]),
    tests("ParallelismTests", ["Parallelism"]),
    tests("MemoryTests", ["Memory"]),
    tests("RanksTests", ["Ranks", "TestSupport"]),
    tests("AudioTests", ["Audio", "TestSupport"]),
    tests("SpectraTests", ["Spectra"], resources: [.copy("Reference")]),
    tests("PicturesTests", ["Pictures", "TestSupport"]),
    tests("MusicTests", ["Music", "Audio", "Spectra"], resources: [.copy("Reference")]),
    tests("CorpusTests", ["Corpus", "Music", "Audio", "Spectra", "Pictures"]),
    tests("TensorsTests", ["Parallelism", "Tensors"], resources: [.copy("Reference")]),
    tests("LayersTests", ["Layers", "Tensors"], resources: [.copy("Reference")]),
    tests("TextTests", ["Parallelism", "Text", "Tensors"], resources: [.copy("Reference")]),
    tests("DiffusionTests", ["Diffusion", "Tensors"]),
    tests("DenoisingTests", ["Denoising", "Layers", "Tensors"], resources: [.copy("Reference")]),
    tests(
      "SynthesisTests",
      ["Synthesis", "Denoising", "Diffusion", "Layers", "Spectra", "Music", "Tensors", "Text", "Audio", "TestSupport"]),
    tests("NoveltyTests", ["Novelty", "Synthesis", "Tensors", "Audio", "Spectra", "TestSupport"]),
    tests("TasteTests", ["Taste", "Novelty", "Spectra", "TestSupport"]),
    tests("RenderingTests", ["Rendering", "Corpus", "Text", "Synthesis", "Spectra", "Audio", "TestSupport"]),
    tests(
      "TrainingTests",
      [
        "Training", "Ranks", "Storage", "Synthesis", "Denoising", "Diffusion", "Layers", "Tensors", "Text", "Audio",
        "Spectra", "Music", "TestSupport",
      ],
      resources: [.copy("Reference")]),
    tests(
      "EvaluationTests",
      [
        "Evaluation", "Novelty", "Training", "Synthesis", "Denoising", "Tensors", "Text", "Audio", "Spectra", "Music",
        "TestSupport",
      ]),
    tests(
      "PacksTests",
      ["Packs", "Jobs", "Corpus", "Synthesis", "Rendering", "Instruments", "Audio", "Storage", "TestSupport"]),
    tests("InstrumentsTests", ["Instruments", "Audio", "Music", "TestSupport"]),
    tests("CurationTests", ["Curation", "Training", "Audio", "Music", "TestSupport"]),
    tests(
      "JobsTests",
      [
        "Jobs", "Storage", "Parallelism", "Audio", "Pictures", "Synthesis", "Denoising", "Diffusion", "Tensors", "Text",
        "Novelty", "Instruments",
        "TestSupport",
      ]),
    tests(
      "StudioTests",
      [
        "Studio", "Library", "Synthesis", "Text", "Audio", "Novelty", "Spectra", "Corpus", "Training", "TestSupport",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ]),
    tests(
      "LibraryTests",
      [
        "Library", "TortureLibrary", "Storage", "Audio", "Synthesis", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests(
      "CommandTests",
      [
        "hiss", "Audio", "Music", "Pictures", "Tensors", "Text", "Denoising", "Synthesis", "Evaluation", "Novelty",
        "Spectra", "Benchmarks", "TestSupport",
      ],
      resources: [.copy("Golden")]),
  ],
  swiftLanguageModes: [.v6]
)
