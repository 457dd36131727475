import { type Handlers, handler, type PageInput } from "@/server/aws/call";
import { notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";

type Property = {
  name: string;
  friendlyName: string;
  description: string;
  required: boolean;
  defaultValue?: string;
};
type SdkType = {
  id: string;
  friendlyName: string;
  description: string;
  configurationProperties?: Property[];
};

const property = (name: string, friendlyName: string, description: string): Property => ({
  name,
  friendlyName,
  description,
  required: true,
});

/** The types AWS has, with the parameters each asks for. Source: API reference, GetSdk. */
export const SDK_TYPES: readonly SdkType[] = [
  {
    id: "android",
    friendlyName: "Android",
    description: "Android SDK",
    configurationProperties: [
      property("groupId", "Group ID", "The Maven group of the library"),
      property("invokerPackage", "Invoker package", "The Java package of the generated classes"),
      property("artifactId", "Artifact ID", "The Maven name of the library"),
      property("artifactVersion", "Artifact version", "The version of the library"),
    ],
  },
  {
    id: "java",
    friendlyName: "Java SDK",
    description: "Java SDK",
    configurationProperties: [
      property("service.name", "Service Name", "The name of the service, as classes are called"),
      property("java.package-name", "Java Package Name", "The Java package of the generated classes"),
    ],
  },
  { id: "javascript", friendlyName: "JavaScript", description: "JavaScript SDK" },
  {
    id: "objectivec",
    friendlyName: "iOS (Objective-C)",
    description: "iOS SDK in Objective-C",
    configurationProperties: [property("classPrefix", "Prefix", "What the names of classes begin with")],
  },
  {
    id: "ruby",
    friendlyName: "Ruby",
    description: "Ruby SDK",
    configurationProperties: [property("service.name", "Service Name", "The name of the service")],
  },
  {
    id: "swift",
    friendlyName: "iOS (Swift)",
    description: "iOS SDK in Swift",
    configurationProperties: [property("classPrefix", "Prefix", "What the names of classes begin with")],
  },
];

export const sdkTypeHandlers: Handlers = {
  GetSdkTypes: handler<PageInput>(async ({ input }) => pageOf(SDK_TYPES, input)),

  GetSdkType: handler<{ id: string }>(async ({ input }) => {
    const type = SDK_TYPES.find(({ id }) => id === input.id);
    if (!type) throw notFound("Invalid SDK type identifier specified");
    return type;
  }),
};
