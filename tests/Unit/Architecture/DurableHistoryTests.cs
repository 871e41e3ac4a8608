using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace TlsOrLink.Tests.Unit.Architecture;

/// <summary>Names and shapes that are durable history: an orchestration of an older release goes on with them.</summary>
public sealed class DurableHistoryTests
{
    private static readonly Assembly Functions = typeof(TlsOrLink.Functions.Setup).Assembly;

    private static IEnumerable<MethodInfo> Methods =>
        Functions
            .GetTypes()
            .SelectMany(type =>
                type.GetMethods(
                    BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
                )
            )
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null);

    [Fact]
    public void Function_names_are_pinned() =>
        Methods
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)
            .Order(StringComparer.Ordinal)
            .ToArray()
            .ShouldBe(
                [
                    "ApprovalFile",
                    "ApprovalPage",
                    "ApproveMessage",
                    "AskApprovers",
                    "BeginRound",
                    "CancelMessage",
                    "CertificatePage",
                    "CheckHold",
                    "CheckPage",
                    "CheckPartners",
                    "CheckRecipients",
                    "CompleteMessage",
                    "ContractPage",
                    "DecideApproval",
                    "DeleteDomainRule",
                    "DeleteMessageRule",
                    "DeleteSubscription",
                    "DeliverDomains",
                    "DeliverEvent",
                    "DeliverMessage",
                    "DeliverOwnMail",
                    "DownloadFile",
                    "DownloadZip",
                    "EnterCode",
                    "ExportEvents",
                    "ExtendLink",
                    "GetDomainRule",
                    "GetDomainVerdict",
                    "GetEventDay",
                    "GetMessage",
                    "GetMessageEvents",
                    "GetMessageLinks",
                    "GetMessageRule",
                    "GetOpenApi",
                    "GetOperation",
                    "GetSubscription",
                    "GetSwagger",
                    "Health",
                    "LandingPage",
                    "ListMessageRules",
                    "ListMessages",
                    "ListSubscriptions",
                    "MailCode",
                    "OpenUpload",
                    "OrderOwnMail",
                    "PostEvent",
                    "PostMessage",
                    "PostSubscription",
                    "ProbeDomain",
                    "PurgeExpired",
                    "PushEvents",
                    "PutDomainRule",
                    "PutMessageRule",
                    "PutPassphrase",
                    "RecallMessage",
                    "RecheckDomain",
                    "ReconcileMessages",
                    "RejectMessage",
                    "ReleaseMessage",
                    "RemindRecipients",
                    "RemovePassphrase",
                    "RenewLink",
                    "RevokeLink",
                    "RotateSecret",
                    "SealDay",
                    "SearchMessages",
                    "SendByTls",
                    "SendGridEvents",
                    "SendLinks",
                    "SendMessage",
                    "SendMessageAndWait",
                    "SendOwnMail",
                    "SettleRecipients",
                    "SignIn",
                    "SignInPage",
                    "SignOut",
                    "StreamFile",
                    "SubscribeToEvent",
                    "TakeInboundMail",
                    "TakeOutFiles",
                    "TrackAction",
                    "TrackPage",
                    "TrackedMessagePage",
                    "VerifyPage",
                ],
                "running orchestrations name these: rename nothing, add the new name here"
            );

    [Fact]
    public void A_function_is_named_like_its_class() =>
        Methods
            .Where(method => method.GetCustomAttribute<FunctionAttribute>()!.Name != method.DeclaringType!.Name)
            .ShouldBeEmpty();

    [Fact]
    public void Activities_take_one_record_without_addresses() =>
        Methods
            .SelectMany(method => method.GetParameters())
            .Where(parameter => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null)
            .SelectMany(parameter => parameter.ParameterType.GetProperties())
            .Where(property =>
                property.PropertyType.Equals(typeof(TlsOrLink.Domains.MailAddress))
                || property.Name.Contains("Address", StringComparison.Ordinal)
            )
            .ShouldBeEmpty("histories are read by operators and kept by storage");
}
