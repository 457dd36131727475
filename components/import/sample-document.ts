/** A pet store that works at once: mock integrations with templates, a key on one method, a model. */
export const SAMPLE_DOCUMENT = `openapi: 3.0.1
info:
  title: Pet store
  description: A sample API with mock back ends
  version: "1.0"
paths:
  /pets:
    get:
      summary: list pets
      operationId: listPets
      parameters:
        - name: type
          in: query
          schema: { type: string }
      responses:
        "200":
          description: The pets
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates:
          application/json: '{"statusCode": 200}'
        responses:
          default:
            statusCode: "200"
            responseTemplates:
              application/json: |
                [
                  {"id": 1, "type": "dog", "name": "Rex", "price": 249.99},
                  {"id": 2, "type": "cat", "name": "Tom", "price": 124.99}
                ]
    post:
      summary: create a pet
      operationId: createPet
      security:
        - api_key: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/NewPet"
      responses:
        "201":
          description: The new pet
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Pet"
      x-amazon-apigateway-request-validator: body
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates:
          application/json: |
            {"statusCode": 201}
        responses:
          default:
            statusCode: "201"
            responseTemplates:
              application/json: |
                {
                  "id": 3,
                  "requestId": "$context.requestId"
                }
  /pets/{petId}:
    get:
      summary: one pet
      operationId: getPet
      parameters:
        - name: petId
          in: path
          required: true
          schema: { type: string }
      responses:
        "200":
          description: The pet
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Pet"
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates:
          application/json: '{"statusCode": 200}'
        responses:
          default:
            statusCode: "200"
            responseTemplates:
              application/json: |
                {
                  "id": "$util.escapeJavaScript($input.params('petId')).replaceAll("\\\\'","'")",
                  "name": "Rex"
                }
components:
  schemas:
    NewPet:
      type: object
      required: [type, name]
      properties:
        type: { type: string, enum: [dog, cat, fish] }
        name: { type: string }
        price: { type: number, minimum: 0 }
    Pet:
      type: object
      properties:
        id: { type: string }
        type: { type: string }
        name: { type: string }
        price: { type: number }
  securitySchemes:
    api_key:
      type: apiKey
      name: x-api-key
      in: header
x-amazon-apigateway-request-validators:
  body:
    validateRequestBody: true
    validateRequestParameters: false
`;
